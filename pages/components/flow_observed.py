"""What can be observed across one border: by direction, end, level and source, and why not."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import ledger, maps, matrix, url, view
from pages.components.context import Context
from pages.components.flow_choice import EVERY_BORDER
from warehouse.comparability import LEVELS
from warehouse.queries import flow_coverage, places
from warehouse.queries.places import NEIGHBOURS

DIRECTIONS = ("out", "in")
ENDS = ("origin", "destination")
MOST_SOURCES = 3  # in a cell: the table has them all
SWATCHES = {"not_observed": "not_observed", "not_published": "missing", "not_loaded": "not_loaded"}


def show(context: Context, border: str) -> None:
    if border == EVERY_BORDER:
        _every(context)
        return
    words = context.words
    result = flow_coverage.by_direction(border)
    frame = result.frame
    country = words.of(places.territory(border).name)
    view.heading(*_heading(context, border, frame))
    for direction in DIRECTIONS:
        own = frame[frame["direction"] == direction]
        streamlit.subheader(words(f"observed.{direction}", country=country), anchor=False)
        streamlit.html(f'<div class="even">{_matrix(context, own, direction)}</div>')
    keys = [maps.key(swatch, words(f"state.{state}")) for state, swatch in SWATCHES.items()]
    streamlit.html(f'<div class="legend" data-testid="legend">{"".join(keys)}</div>')
    streamlit.html(f'<p class="onward">{ledger.link(url.to("methode"), words("observed.all_themes"))}</p>')
    view.close(
        context, result.with_frame(_told(context, frame)), _columns(context), f"flux-observation-{border}"
    )


def _every(context: Context) -> None:
    """The finest level known of each direction, a row a border; a border has its own view."""
    words = context.words
    results = {name: flow_coverage.by_direction(name) for name in NEIGHBOURS}
    rows = [
        matrix.Row(
            ledger.link(url.to("flux", vue="observable", frontiere=name), words(f"flows.border_{name}")),
            tuple(escape(_finest(context, result.frame, direction)) for direction in DIRECTIONS),
        )
        for name, result in results.items()
    ]
    entering = [name for name, result in results.items() if _is_known(result.frame, "in")]
    view.heading(words.count("observed.title_every", len(entering)), words("observed.subtitle"))
    steps = [words("balance.border"), words("balance.out"), words("balance.into")]
    streamlit.html(f'<div class="even">{matrix.html(steps, rows, "observed-every")}</div>')
    frame = pandas.concat([result.frame.assign(border=name) for name, result in results.items()])
    whole = next(iter(results.values())).with_frame(_told(context, frame.reset_index(drop=True)))
    view.close(context, whole, {"border": words("balance.border"), **_columns(context)}, "flux-observation")


def _is_known(frame: pandas.DataFrame, direction: str) -> bool:
    return bool(((frame["direction"] == direction) & (frame["state"] == "value")).any())


def _heading(context: Context, border: str, frame: pandas.DataFrame) -> tuple[str, str]:
    """The finest level at which each direction is known, at home and at work."""
    words = context.words
    return (
        words(
            "observed.title",
            border=words(f"flows.border_{border}"),
            out=_finest(context, frame, "out"),
            into=_finest(context, frame, "in"),
        ),
        words("observed.subtitle"),
    )


def _finest(context: Context, frame: pandas.DataFrame, direction: str) -> str:
    words = context.words
    known = frame[
        (frame["direction"] == direction) & (frame["state"] == "value") & (frame["ending"] == "origin")
    ]
    if known.empty:
        return words("observed.never")
    return words(f"observed.finest_{max(known['level'], key=LEVELS.index)}")


def _matrix(context: Context, own: pandas.DataFrame, direction: str) -> str:
    words = context.words
    steps = [words("column.level"), *(words(f"observed.{end}") for end in ENDS)]
    rows = [
        matrix.Row(
            escape(words(f"observed.level_{level}")),
            tuple(_cell(context, own[(own["ending"] == end) & (own["level"] == level)]) for end in ENDS),
        )
        for level in LEVELS
        if level in set(own["level"])
    ]
    return matrix.html(steps, rows, f"observed-{direction}")


def _cell(context: Context, own: pandas.DataFrame) -> str:
    """The sources of one level at one end, or its state and the reason. HTML."""
    words = context.words
    if own.empty:
        return f'<span class="note">{escape(words("observed.no_such_level"))}</span>'
    records = own.to_dict("records")
    html = ""
    if records[0]["state"] == "value":
        html = ledger.listing(_source(context, row) for row in records[:MOST_SOURCES])
        if len(records) > MOST_SOURCES:
            more = words.count("observed.more", len(records) - MOST_SOURCES)
            html += f'<p class="note">{escape(more)}</p>'
    elif records[0]["state"] == "nothing":
        html = f'<span class="gap">{escape(words("observed.nothing"))}</span>'
    return html + _why(context, records[0])


def _source(context: Context, row: dict[str, Any]) -> str:
    years = (
        row["first_year"]
        if row["first_year"] == row["last_year"]
        else f"{row['first_year']}–{row['last_year']}"
    )
    return (
        f"{escape(row['producer'] or context.words('compare.unnamed'))}, {years}"
        f'<br><span class="note">{escape(row[f"definition_{context.words.language}"])}</span>'
    )


def _why(context: Context, row: dict[str, Any]) -> str:
    reason = row[f"reason_{context.words.language}"]
    if not isinstance(reason, str):
        return ""
    state = ""
    if row["state"] in SWATCHES:
        named = maps.key(SWATCHES[row["state"]], context.words(f"state.{row['state']}"))
        state = f'<div class="legend">{named}</div>'
    told = ledger.link(row["source"], context.words("observed.read"))
    return f'{state}<p class="note">{escape(reason)} {told}</p>'


def _told(context: Context, frame: pandas.DataFrame) -> pandas.DataFrame:
    words = context.words
    return frame.assign(
        way=[words(f"observed.way_{name}") for name in frame["direction"]],
        at=[words(f"observed.{name}") for name in frame["ending"]],
        level_label=[words(f"observed.level_{name}") for name in frame["level"]],
        state_label=[
            words("observed.nothing" if name == "nothing" else f"state.{name}") for name in frame["state"]
        ],
    )


def _columns(context: Context) -> dict[str, str]:
    words = context.words
    return {
        "way": words("column.direction"),
        "at": words("column.end"),
        "level_label": words("column.level"),
        "state_label": words("column.state"),
        f"definition_{words.language}": words("column.definition"),
        "producer": words("column.producer"),
        "first_year": words("column.first_year"),
        "last_year": words("column.last_year"),
        f"reason_{words.language}": words("column.why"),
    }
