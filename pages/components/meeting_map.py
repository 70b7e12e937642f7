"""The nine territories of the Rencontres: what they voted, how many came, which share an idea."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import pandas
import plotly.graph_objects as go
import streamlit

from pages.components import maps
from pages.components.basemap import Label, Outline
from pages.components.context import Context

LAYER = "area"
# Radius in pixels of the disc of the largest gathering; area is proportional to participants.
LARGEST_RADIUS = 24


def votes(context: Context, areas: pandas.DataFrame, counts: dict[str, str]) -> go.Figure:
    """Areas with a report are solid and carry `counts` (area_id: text); others are hatched and say why."""
    words, tokens = context.words, context.palette
    figure = go.Figure()
    without = areas[~areas["has_report"]]
    reported = areas[areas["has_report"]]
    for frame, fill in ((without, tokens.absent), (reported, tokens.sequential[1])):
        figure.add_trace(
            maps.polygons(
                context,
                frame.rename(columns={"area_id": "territory_id"}),
                LAYER,
                z=[0] * len(frame),
                colorscale=[[0, fill], [1, fill]],
                marker={"line": {"color": tokens.muted, "width": 1.2}},
                text=[_hover(context, row, counts) for row in frame.to_dict("records")],
            )
        )
    maps.add_pattern(figure, context, list(without["area_id"]), LAYER, "missing")
    labels = [
        Label(
            row["lon"],
            row["lat"],
            row[f"name_{words.language}"],
            counts.get(row["area_id"], words("meetings.no_report")),
            quiet=not row["has_report"],
        )
        for row in areas.to_dict("records")
    ]
    maps.arrange(figure, context, Outline(LAYER, tuple(reported["area_id"])), labels)
    return figure


def participants(context: Context, areas: pandas.DataFrame) -> go.Figure:
    """Two discs an area, 2020 over 2021. Neutral ink: people of both sides came."""
    words, tokens = context.words, context.palette
    figure = go.Figure()
    figure.add_trace(
        maps.polygons(
            context,
            areas.rename(columns={"area_id": "territory_id"}),
            LAYER,
            z=[0] * len(areas),
            colorscale=[[0, tokens.surface], [1, tokens.surface]],
            marker={"line": {"color": tokens.muted, "width": 1.2}},
            text=[_participants_hover(context, row) for row in areas.to_dict("records")],
        )
    )
    largest = max(areas["participants_2021"].max(), areas["participants_2020"].max())
    for year, colour, opacity in ((2021, tokens.muted, 0.55), (2020, tokens.text, 0.45)):
        figure.add_trace(_discs(areas, year, largest, colour, opacity))
    labels = [
        Label(
            row["lon"],
            row["lat"],
            row[f"name_{words.language}"],
            _change(context, row),
        )
        for row in areas.to_dict("records")
    ]
    maps.arrange(figure, context, Outline(LAYER, ()), labels)
    return figure


def ideas(context: Context, areas: pandas.DataFrame, concerned: frozenset[str]) -> go.Figure:
    """The territories listed under an idea are lit; the others are named and left pale."""
    words, tokens = context.words, context.palette
    figure = go.Figure()
    for is_lit, own in areas.groupby(areas["area_id"].isin(concerned)):
        fill = tokens.sequential[2] if is_lit else tokens.surface
        said = words("meetings.is_concerned" if is_lit else "meetings.is_not_concerned")
        figure.add_trace(
            maps.polygons(
                context,
                own.rename(columns={"area_id": "territory_id"}),
                LAYER,
                z=[0] * len(own),
                colorscale=[[0, fill], [1, fill]],
                marker={"line": {"color": tokens.text if is_lit else tokens.muted, "width": 1.2}},
                text=[f"<b>{escape(name)}</b><br>{escape(said)}" for name in own[f"name_{words.language}"]],
            )
        )
    # Those the idea concerns are named first: the others give way where there is no room.
    labels = [
        Label(
            row["lon"], row["lat"], row[f"name_{words.language}"], "", quiet=row["area_id"] not in concerned
        )
        for row in areas.to_dict("records")
    ]
    labels.sort(key=lambda label: label.quiet)
    maps.arrange(figure, context, Outline(LAYER, ()), labels)
    return figure


def _change(context: Context, row: dict[str, Any]) -> str:
    """10 → 35; a deduced figure wears an asterisk that the text beside the map explains."""
    number = context.words.number
    mark = "*" if row["is_computed"] else ""
    return f"{number(row['participants_2020'])}{mark} → {number(row['participants_2021'])}"


def _discs(areas: pandas.DataFrame, year: int, largest: float, colour: str, opacity: float) -> go.Scattermap:
    """One disc an area: the area of a disc follows its participants, on one scale for both years."""
    radii = [LARGEST_RADIUS * math.sqrt(value / largest) for value in areas[f"participants_{year}"]]
    return go.Scattermap(
        lon=areas["lon"],
        lat=areas["lat"],
        mode="markers",
        marker={
            "size": [2 * radius for radius in radii],
            "color": colour,
            "opacity": opacity,
        },
        hoverinfo="skip",
    )


def _hover(context: Context, row: dict[str, Any], counts: dict[str, str]) -> str:
    words = context.words
    said = counts.get(row["area_id"], words("meetings.no_report"))
    return f"<b>{escape(row[f'name_{words.language}'])}</b><br>{escape(said)}"


def _participants_hover(context: Context, row: dict[str, Any]) -> str:
    words = context.words
    lines = [f"<b>{escape(row[f'name_{words.language}'])}</b>"]
    for year in (2020, 2021):
        computed = f" ({words('meetings.computed')})" if year == 2020 and row["is_computed"] else ""
        lines.append(f"{year}{words('number.colon')} {words.number(row[f'participants_{year}'])}{computed}")
    return "<br>".join(lines)


def legend(context: Context, shown: str) -> None:
    """What solid, hatched and discs mean, in a strip of its own."""
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
        keys = [maps.key("disc before", "2020"), maps.key("disc", "2021")]
    keys.append(maps.border_key(context))
    streamlit.html(f'<div class="legend" data-testid="legend">{"".join(keys)}</div>')
