"""The view `carte` of the page Flux: finding, map, what is shown of all, largest flows, one chosen."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas
import streamlit

from pages.components import flow_deck, flow_legend, flow_rows, flow_said, url, view
from pages.components.context import Context
from pages.components.flow_deck import Drawing
from warehouse.queries import flow_map
from warehouse.queries.flow_map import Selection
from warehouse.result import Result

LISTED = 10
NOTHING = "aucun"
CHOICE = "choix"
MARKS = {flow_rows.SOLID: "", flow_rows.LIGHT: " light", flow_rows.DASHED: " dashed"}
VIEWS_KEPT = 100


@dataclass(frozen=True)
class Told:
    """What is written around the map of one choice in a reader's language: text, or HTML where it says so."""

    heading: tuple[str, str]
    names: dict[str, str]  # what may be chosen, by what names it in the address
    chosen: str
    chosen_html: str
    row: tuple[flow_rows.Shape, int] | None  # of the map, that is chosen
    unobserved: tuple[tuple[str, str], ...]  # a direction, and what to write there
    legend_html: str
    coverage: str
    largest_html: str
    notes: list[str]


def show(context: Context, selection: Selection) -> None:
    result, summary = flow_map.chosen_flows(selection), flow_map.summary(selection)
    wanted = url.wanted(CHOICE) or NOTHING
    told = _told((*context.look, selection, wanted), context, selection, wanted)
    view.heading(*told.heading)
    if result.is_empty:
        view.empty(context, *flow_said.why_nothing(context, selection, summary))
    left, right = streamlit.columns([flow_deck.SHARE, 1 - flow_deck.SHARE], gap="large")
    with right:
        _choose(context, told.names)
    # What the browser takes longest to draw is sent first.
    with left:
        drawing = Drawing(selection, told.row, told.unobserved)
        flow_deck.show(context, drawing, lambda shape, row: _take(selection, shape, row))
        streamlit.html(told.legend_html)
        if summary.all_flows:
            streamlit.html(f'<p class="coverage" data-testid="coverage">{escape(told.coverage)}</p>')
    with right:
        if told.chosen != NOTHING:
            streamlit.html(told.chosen_html)
        if not result.is_empty:
            streamlit.subheader(context.words("flows.largest_flows"), anchor=False)
            streamlit.html(told.largest_html)
        for note in told.notes:
            streamlit.html(f'<p class="note">{escape(note)}</p>')
    view.close(
        context, result, flow_said.columns(context), f"flux-{selection.border.lower()}-{selection.period}"
    )


@streamlit.cache_resource(max_entries=VIEWS_KEPT, show_spinner=False)
def _told(view: tuple[object, ...], _context: Context, _selection: Selection, _wanted: str) -> Told:
    """What is written, kept under `view`: of the same choice it is put in words once for all readers."""
    context, selection = _context, _selection
    result = flow_map.chosen_flows(selection)
    drawable = flow_rows.drawable(result.frame)
    names = _names(context, selection, _wanted)
    chosen = _wanted if _wanted in names else NOTHING
    unobserved = flow_said.unobserved(context, selection)
    return Told(
        heading=flow_said.heading(context, selection, result),
        names=names,
        chosen=chosen,
        chosen_html="" if chosen == NOTHING else flow_said.chosen(context, result.frame, chosen),
        row=_row(selection, chosen),
        unobserved=tuple(unobserved.items()),
        legend_html=flow_legend.html(context, drawable, bool(unobserved)),
        coverage=flow_said.coverage(context, flow_map.summary(selection)),
        largest_html=_largest(context, result, chosen),
        notes=flow_said.notes(context, selection, result),
    )


def _take(selection: Selection, shape: str, row: int) -> None:
    """A click on the n-th arc or place chooses it; the drawing and the question have the same order."""
    if shape == "places":
        url.choose(CHOICE, _places(selection)[row])
    else:
        url.choose(CHOICE, _arcs(selection)[row])


def _row(selection: Selection, chosen: str) -> tuple[flow_rows.Shape, int] | None:
    """The shape and its row that are what is chosen; None where the map has none."""
    if chosen == NOTHING:
        return None
    shape: flow_rows.Shape = "arcs" if ">" in chosen else "places"
    names = _arcs(selection) if shape == "arcs" else _places(selection)[: flow_rows.TOLD_APART]
    return (shape, names.index(chosen)) if chosen in names else None


def _arcs(selection: Selection) -> list[str]:
    """What names each arc of the map in the address, in their order."""
    return _pairs(flow_rows.in_order(flow_map.chosen_flows(selection).frame))


def _places(selection: Selection) -> list[str]:
    """The territory of each place of the map, in their order."""
    ids: list[str] = flow_rows.located(flow_map.totals(selection).frame)["territory_id"].tolist()
    return ids


def _pairs(flows: pandas.DataFrame) -> list[str]:
    """What names each flow in the address."""
    ends = zip(flows["origin_id"].tolist(), flows["destination_id"].tolist(), strict=True)
    return [f"{origin}>{destination}" for origin, destination in ends]


def _choose(context: Context, names: dict[str, str]) -> None:
    """The same choice as a click on the map, by list and keyboard: a flow or a place, or nothing."""
    words = context.words
    url.widget(
        streamlit.selectbox, CHOICE, words("flows.choose"), [NOTHING, *names], NOTHING, words,
        format_func=lambda name: words("flows.choose_nothing") if name == NOTHING else names[name],
    )  # fmt: skip


def _names(context: Context, selection: Selection, wanted: str) -> dict[str, str]:
    """The largest flows and places, and whatever is wanted: on the map any of thousands may be chosen."""
    flows, places = flow_map.chosen_flows(selection).frame, flow_map.totals(selection).frame
    origin, _, destination = wanted.partition(">")
    is_wanted = (flows["origin_id"] == origin) & (flows["destination_id"] == destination)
    listed = flows[is_wanted | (flows.index < flow_map.DRAWN_AT_ONCE)]
    located = places[(places["territory_id"] == wanted) | (places.index < flow_map.DRAWN_AT_ONCE)]
    names = dict(zip(_pairs(listed), flow_said.journeys(context, listed), strict=True))
    return names | dict(zip(located["territory_id"], located[f"name_{context.words.language}"], strict=True))


def _largest(context: Context, result: Result, chosen: str) -> str:
    """Bars from pale to solid, each as its arc; HTML, empty where there is no flow."""
    words = context.words
    if result.is_empty:
        return ""
    longest = float(result.frame["value"].max())
    rows = []
    listed = result.frame.head(LISTED)
    lines = zip(listed.to_dict("records"), _pairs(listed), flow_rows.reliability(listed), strict=True)
    for row, name, look in lines:
        look_of_bar = f"{row['direction']}{MARKS[look]}"
        current = ' class="chosen"' if name == chosen else ""
        rows.append(
            f"<tr{current}><th scope='row'>{escape(flow_said.journey(context, row))}</th>"
            f'<td><i class="{look_of_bar}" style="width:{100 * row["value"] / longest:.1f}%"></i></td>'
            f"<td>{escape(flow_rows.printed(row, words))}</td></tr>"
        )
    return f'<table class="flow-bars" data-testid="flow-bars">{"".join(rows)}</table>'
