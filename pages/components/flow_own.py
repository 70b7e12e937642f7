"""A reader's own flows: a file on their machine, told row by row what is wrong, on the map, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas
import streamlit
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.components import flow_legend, flow_own_map, ledger, tables, view
from pages.components.context import Context
from pages.components.words import DEFAULT_LANGUAGE
from warehouse import own_flows
from warehouse.fault import Fault
from warehouse.own_flows import FORM, LARGEST_MEGABYTES, MODEL, MOST_ROWS
from warehouse.queries import own_flows as places
from warehouse.result import Result

DRAWN = 300  # the largest flows; the table has them all
LISTED = 10
FAULTS_SHOWN = 50
_READ = "own:read"


@dataclass(frozen=True)
class Read:
    """What a file holds, under the name Streamlit gave the upload: read once, forgotten with the session."""

    file_id: str
    name: str
    flows: pandas.DataFrame
    faults: tuple[Fault, ...]
    rows: int


def show(context: Context, border: str) -> None:
    """`border` changes nothing here: the file says which borders it crosses."""
    words = context.words
    place = streamlit.container()
    streamlit.html(f"<style>.st-key-own-file{{--choose-file:'{words('own.choose')}'}}</style>")
    file = streamlit.file_uploader(
        words("own.file"), type=["csv", "txt", "tsv"], max_upload_size=LARGEST_MEGABYTES, key="own-file"
    )
    if file is None:
        streamlit.session_state.pop(_READ, None)
        with place:
            view.heading(words("own.title_none"), words("own.subtitle_none"))
        _help(context)
        return
    read = _read(file)
    with place:
        view.heading(*_heading(context, read))
    if read.faults:
        _faults(context, read)
    if not read.flows.empty:
        _flows(context, read)


def _help(context: Context) -> None:
    words = context.words
    told = [
        words("own.columns", columns=", ".join(FORM.columns), required=", ".join(FORM.required)),
        words("own.codes"),
        words("own.formats"),
        words("own.limits", megabytes=LARGEST_MEGABYTES, rows=words.number(MOST_ROWS)),
        words("own.kept"),
    ]
    streamlit.html(f'<div class="dossier" data-testid="own-help">{ledger.listing(map(escape, told))}</div>')
    streamlit.download_button(
        words("own.model"),
        data=MODEL.encode("utf-8-sig"),
        file_name="mes-flux.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _read(file: UploadedFile) -> Read:
    """The report of a file, read when it comes and kept for the reruns of this session."""
    kept = streamlit.session_state.get(_READ)
    if kept is not None and kept.file_id == file.file_id:
        return kept
    report = own_flows.read_flows(file.getvalue(), places.codes())
    read = Read(file.file_id, file.name, places.frame(report.flows), report.faults, report.rows)
    streamlit.session_state[_READ] = read
    return read


def _heading(context: Context, read: Read) -> tuple[str, str]:
    words = context.words
    left_out = len({fault.row for fault in read.faults})
    kept = words("own.subtitle", name=read.name)
    if read.flows.empty:
        return words("own.title_nothing"), kept
    title = words(
        "own.title", flows=words.number(len(read.flows)), people=words.number(read.flows["value"].sum())
    )
    return title, f"{words.count('own.left_out', left_out)} {kept}" if left_out else kept


def _faults(context: Context, read: Read) -> None:
    """Every fault, row by row, in French as the file's author reads it; the first ones, and all as a file."""
    words = context.words
    streamlit.subheader(words.count("own.faults", len(read.faults)), anchor=False)
    if words.language != DEFAULT_LANGUAGE:
        streamlit.caption(words("own.faults_in_french"))
    told = [escape(str(fault)) for fault in read.faults[:FAULTS_SHOWN]]
    streamlit.html(f'<div class="dossier" data-testid="own-faults">{ledger.listing(told)}</div>')
    if len(read.faults) > FAULTS_SHOWN:
        streamlit.caption(words("own.first_faults", shown=FAULTS_SHOWN, all=words.number(len(read.faults))))
    frame = pandas.DataFrame(
        {
            "ligne": [fault.row for fault in read.faults],
            "colonne": [fault.column for fault in read.faults],
            "anomalie": [fault.problem for fault in read.faults],
        }
    )
    with streamlit.container(horizontal=True, gap="small"):
        tables.downloads_of(context, Result(frame, (), ()), "mes-flux-anomalies")


def _flows(context: Context, read: Read) -> None:
    words = context.words
    flows = _chosen(context, read.flows)
    written = flows.assign(
        written=[words.number(value, 0 if value == int(value) else 1) for value in flows["value"]]
    )
    left, right = streamlit.columns([flow_own_map.SHARE, 1 - flow_own_map.SHARE], gap="large")
    with left:
        flow_own_map.show(context, written.head(DRAWN))
        flow_legend.show(context, written.head(DRAWN), has_unobserved=False)
        if len(written) > DRAWN:
            streamlit.caption(words("own.drawn", drawn=DRAWN, all=words.number(len(written))))
    with right:
        streamlit.subheader(words("flows.largest_flows"), anchor=False)
        items = [
            f"{escape(row[f'origin_{words.language}'])} → {escape(row[f'destination_{words.language}'])} "
            f"<strong>{escape(row['written'])}</strong>"
            for row in written.head(LISTED).to_dict("records")
        ]
        streamlit.html(f'<div class="dossier" data-testid="own-largest">{ledger.listing(items)}</div>')
    streamlit.html(f'<p class="note source-line">{escape(words("own.source", name=read.name))}</p>')
    result = Result(written, (), ())
    columns = {
        f"origin_{words.language}": words("pair.origin"),
        f"destination_{words.language}": words("pair.destination"),
        "written": words("column.value"),
        "period": words("column.period"),
        "category": words("column.category"),
        "row": words("column.row"),
    }
    with streamlit.container(horizontal=True, gap="small"):
        tables.downloads_of(context, result.with_frame(flows), "mes-flux-lus")
    view.table(context, result, columns, "mes-flux")


def _chosen(context: Context, flows: pandas.DataFrame) -> pandas.DataFrame:
    """The flows of one period and one category, where the file has several: two are never added up."""
    words = context.words
    with streamlit.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for name in ("period", "category"):
            values = sorted(set(flows[name]), reverse=name == "period")
            if len(values) > 1:
                picked = streamlit.selectbox(
                    words(f"column.{name}"),
                    values,
                    key=f"own-{name}",
                    format_func=lambda value: value or words("own.unsaid"),
                    width=context.screen.fit(220),
                )
                flows = flows[flows[name] == picked]
    return flows.reset_index(drop=True)
