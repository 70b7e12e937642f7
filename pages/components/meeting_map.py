"""The nine territories of the Rencontres: what they voted, how many came, which share an idea."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

import pandas
import plotly.graph_objects as go
import streamlit

from pages.components import maps
from pages.components.basemap import Label, Outline
from pages.components.context import Context
from pages.components.counts import number
from pages.components.drawing import Drawing
from pages.components.words import Words
from warehouse import territories

LAYER = "area"
DRAWINGS_KEPT = 200
# Radius in pixels of the disc of the largest gathering; area is proportional to participants.
LARGEST_RADIUS = 22
# Beside a figure that is deduced, on the map and in the table.
COMPUTED = "*"

Row = dict[str, Any]


def show(
    context: Context,
    shown: str,
    of: tuple[object, ...],
    area_ids: Sequence[str],
    draw: Callable[[], go.Figure],
    alternative: str,
) -> None:
    """The map fitted to the areas; `draw` is asked where nobody saw it yet. `of` is what it shows."""
    drawn = _drawn((*context.look, shown, *of), context, area_ids, draw)
    maps.show(context, drawn, f"map-meetings-{shown}", alternative)


@streamlit.cache_resource(max_entries=DRAWINGS_KEPT, show_spinner=False)
def _drawn(
    view: tuple[object, ...], _context: Context, _area_ids: Sequence[str], _draw: Callable[[], go.Figure]
) -> Drawing:
    """Kept under `view`: the same map is drawn once for all readers."""
    return maps.fit(_context, _draw(), territories.bounds(_area_ids))


def votes(context: Context, areas: pandas.DataFrame, counts: dict[str, str], chosen: str) -> go.Figure:
    """Areas with a report carry `counts` (area_id: text); the others are hatched. `chosen` is outlined."""
    words, tokens = context.words, context.palette
    without, reported = areas[~areas["has_report"]], areas[areas["has_report"]]
    said = dict.fromkeys(without["area_id"], words("meetings.no_report")) | counts
    figure = go.Figure()
    for frame, fill in ((without, tokens.absent), (reported, tokens.sequential[1])):
        hovers = [_hover(context, row, [said[row["area_id"]]]) for row in frame.to_dict("records")]
        figure.add_trace(_polygons(context, frame, fill, tokens.muted, hovers))
    maps.add_pattern(figure, context, maps.hatching(LAYER, list(without["area_id"])), "missing")
    # Labels are placed in this order: figures first, then names alone.
    rows = [*reported.to_dict("records"), *without.to_dict("records")]
    labels = [_label(context, row, counts.get(row["area_id"], "")) for row in rows]
    maps.arrange(figure, context, Outline((chosen,)), labels)
    return figure


def participants(context: Context, areas: pandas.DataFrame) -> go.Figure:
    """Two discs an area, the smaller over the larger. Neutral ink: people of both sides came.

    `areas` is what `meetings.participation` returns.
    """
    tokens = context.palette
    rows = areas.to_dict("records")
    hovers = [_hover(context, row, _attendance(context.words, row)) for row in rows]
    figure = go.Figure(_polygons(context, areas, tokens.surface, tokens.muted, hovers))
    figure.add_traces(_discs(context, rows))
    labels = [_label(context, row, _step(context.words, row), clear=_radius(rows, row)) for row in rows]
    maps.arrange(figure, context, Outline(()), labels)
    return figure


def ideas(context: Context, areas: pandas.DataFrame, concerned: frozenset[str]) -> go.Figure:
    """The territories listed under an idea are lit; the others are named and left pale."""
    words, tokens = context.words, context.palette
    looks = {
        False: (tokens.surface, tokens.muted, words("meetings.is_not_concerned")),
        True: (tokens.sequential[2], tokens.text, words("meetings.is_concerned")),
    }
    figure = go.Figure()
    is_lit = areas["area_id"].isin(concerned)
    for lit, own in areas.groupby(is_lit):
        fill, line, said = looks[bool(lit)]
        hovers = [_hover(context, row, [said]) for row in own.to_dict("records")]
        figure.add_trace(_polygons(context, own, fill, line, hovers))
    # Those the idea concerns are named first: the others give way where there is no room.
    rows = [*areas[is_lit].to_dict("records"), *areas[~is_lit].to_dict("records")]
    maps.arrange(figure, context, Outline(()), [_label(context, row) for row in rows])
    return figure


def legend(context: Context, shown: str, before: str = "", after: str = "") -> None:
    """What solid, hatched and discs mean, in a strip of its own. `before` and `after` are of the discs."""
    words = context.words
    if shown == "votes":
        keys = [
            maps.key("reported", words("meetings.has_report")),
            maps.key("missing", words("meetings.no_report")),
        ]
    elif shown == "ideas":
        keys = [
            maps.key("concerned", words("meetings.is_concerned")),
            maps.key("unconcerned", words("meetings.is_not_concerned")),
        ]
    else:
        keys = [
            maps.key("disc before", before),
            maps.key("disc", after),
            f'<span class="key">{escape(words("meetings.discs"))}</span>',
        ]
    keys.append(maps.border_key(context))
    streamlit.html(f'<div class="legend" data-testid="legend">{"".join(keys)}</div>')


def _polygons(
    context: Context, areas: pandas.DataFrame, fill: str, line: str, hovers: Iterable[str]
) -> go.Choroplethmap:
    """Areas of one look; `hovers` are HTML, one an area."""
    return maps.polygons(
        context,
        areas.rename(columns={"area_id": "territory_id"}),
        LAYER,
        z=[0] * len(areas),
        colorscale=[[0, fill], [1, fill]],
        marker={"line": {"color": line, "width": 1.2}},
        text=list(hovers),
    )


def _label(context: Context, row: Row, figure: str = "", clear: float = 0) -> Label:
    return Label(row["lon"], row["lat"], row[f"name_{context.words.language}"], figure, clear=clear)


def _hover(context: Context, row: Row, lines: Iterable[str]) -> str:
    name = f"<b>{escape(row[f'name_{context.words.language}'])}</b>"
    return "<br>".join((name, *map(escape, lines)))


def written(words: Words, row: Row) -> tuple[str, str]:
    """Participants of the time before and of the year; a deduced figure wears an asterisk."""
    before = number(words, row["before"]) + COMPUTED * bool(row["is_before_computed"])
    return before, number(words, row["participants"]) + COMPUTED * bool(row["is_computed"])


def _step(words: Words, row: Row) -> str:
    """10 → 35, or the later alone; the text beside the map explains an asterisk."""
    before, after = written(words, row)
    return after if pandas.isna(row["before"]) else f"{before} → {after}"


def _attendance(words: Words, row: Row) -> list[str]:
    """A line a year; the time before may not be known."""
    lines = [_counted(words, row["year"], row["participants"], row["is_computed"])]
    if not pandas.isna(row["before"]):
        lines.insert(0, _counted(words, row["since"], row["before"], row["is_before_computed"]))
    return lines


def _counted(words: Words, year: int, count: int, is_computed: bool) -> str:
    computed = f" ({words('meetings.computed')})" if is_computed else ""
    return f"{year}{words('number.colon')} {words.number(count)}{computed}"


def _discs(context: Context, rows: list[Row]) -> list[go.Scattermap]:
    """One scale for both years; a trace of the larger disc of each area, then one of the smaller."""
    colours = {"before": context.palette.text, "participants": context.palette.disc}
    drawn: tuple[list[dict[str, Any]], ...] = ([], [])
    for row in rows:
        counted = [(float(row[name]), colours[name]) for name in colours if not pandas.isna(row[name])]
        for discs, (count, colour) in zip(drawn, sorted(counted, reverse=True), strict=False):
            discs.append(
                {"lon": row["lon"], "lat": row["lat"], "size": 2 * _pixels(rows, count), "color": colour}
            )
    return [
        go.Scattermap(
            lon=[disc["lon"] for disc in discs],
            lat=[disc["lat"] for disc in discs],
            mode="markers",
            marker={name: [disc[name] for disc in discs] for name in ("size", "color")} | {"opacity": 1},
            hoverinfo="skip",
        )
        for discs in drawn
    ]


def _radius(rows: list[Row], row: Row) -> float:
    """Of the larger disc of an area, in pixels."""
    return _pixels(rows, _largest([row]))


def _pixels(rows: list[Row], count: float) -> float:
    """Radius of the disc of so many participants."""
    return LARGEST_RADIUS * math.sqrt(count / _largest(rows))


def _largest(rows: list[Row]) -> float:
    found = (row[name] for row in rows for name in ("before", "participants"))
    return float(max(count for count in found if not pandas.isna(count)))
