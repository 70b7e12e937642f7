"""A choropleth across the border: same classes on both sides, six states, one legend strip."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import pandas
import plotly.graph_objects as go
import streamlit

from pages.components import basemap, drawing
from pages.components.basemap import Label, Outline
from pages.components.classes import Classes
from pages.components.context import Context
from pages.components.flags import meaning, superscript
from warehouse import territories
from warehouse.queries import catalogue
from warehouse.result import Indicator, Result

# Plotly's own buttons are English, and its wheel zoom traps a page's scroll: zoom stays on pinch.
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": False}

DOT_STEP = 0.08

STROKE = 0.012  # degrees: half a stroke that stands for the hatching of a municipality
SLOPE = 0.65  # degrees of latitude for one of longitude, at 45° on the screen around 49° north
Segment = Sequence[Sequence[float]]

MOST_LABELS = 40  # of hundreds of municipalities only the ones far from the middle are written

FIGURE_STATES = ("value", "zero")
ABSENT_STATES = ("missing", "not_observed", "not_loaded", "confidential")


def choropleth(
    context: Context, result: Result, classes: Classes, outline: Outline, labelled: Sequence[str]
) -> go.Figure:
    """A map of one indicator at one period.

    `result` is what `observations.at_period` returns, of one level or of several. `labelled` are the
    territories whose name and figure are written. The traces carry territory_id in `customdata`: a click
    gives it back.
    """
    frame, indicator = result.frame, result.indicator
    shown = frame[frame["state"].isin(FIGURE_STATES)]
    figure = go.Figure()
    drawn = frame[frame["territory_id"].map(territories.is_drawn)]
    drawn = drawn.assign(layer=drawn["territory_id"].map(territories.layer))
    for (layer, state), own in drawn.groupby(["layer", "state"]):
        if state in ABSENT_STATES:
            _add_absent(figure, context, own, layer, state)
    for layer, own in drawn[drawn["state"].isin(FIGURE_STATES)].groupby("layer"):
        _add_values(figure, context, own, layer, classes, indicator)
    labels = _labels(context, shown[shown["territory_id"].isin(labelled)], indicator)
    arrange(figure, context, outline, labels)
    return figure


def fit(context: Context, figure: go.Figure, bounds: drawing.Bounds) -> drawing.Drawing:
    """The map fitted to `bounds`, whatever the width of its frame."""
    screen = context.screen
    height = 380 if screen.is_phone else min(max(int(screen.height * 0.62), 420), 760)
    return drawing.drawing(figure, height, bounds)


def show(
    context: Context,
    drawn: drawing.Drawing,
    key: str,
    alternative: str,
    on_choose: Callable[[str], None] | None = None,
) -> None:
    """Draw a fitted map. `on_choose` receives the territory_id of a clicked polygon."""
    drawing.show(drawn, key, alternative, context.words("map.reset"), CONFIG, on_choose)


def legend(
    context: Context, classes: Classes, indicator: Indicator, states: Sequence[str], flags: Sequence[str]
) -> None:
    """Classes with their bounds, the states that are present, the border, the letters of the flags."""
    words = context.words
    edges = [words.number(edge, indicator.decimals) for edge in classes.edges]
    edges[-1] = words.with_symbol(edges[-1], indicator)
    boxes = "".join(f'<i style="background:{colour}"></i>' for colour in classes.colours)
    numbers = "".join(f"<span>{escape(edge)}</span>" for edge in edges)
    keys = [state_key(context, state) for state in ABSENT_STATES if state in states]
    keys.append(border_key(context))
    keys += [f'<span class="key">{escape(letter)}</span>' for letter in flags]
    streamlit.html(
        f'<div class="legend" data-testid="legend"><span class="classes"><span class="boxes">{boxes}</span>'
        f'<span class="edges">{numbers}</span></span>{"".join(keys)}</div>'
    )


def absent_states(frame: pandas.DataFrame) -> list[str]:
    """Which of the states without a figure are on the map."""
    return [state for state in ABSENT_STATES if (frame["state"] == state).any()]


def arrange(figure: go.Figure, context: Context, outline: Outline, labels: Sequence[Label]) -> None:
    figure.update_layout(
        map_style=basemap.style(context, outline, labels),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor=context.palette.page,
        showlegend=False,
        dragmode="pan",
        clickmode="event",
        hoverlabel={
            "bgcolor": context.palette.surface,
            "bordercolor": context.palette.line,
            "font": {"color": context.palette.text, "size": 14, "family": "Source Sans, sans-serif"},
            "align": "left",
        },
    )


def polygons(context: Context, frame: pandas.DataFrame, layer: str, **looks: Any) -> go.Choroplethmap:
    return go.Choroplethmap(
        geojson=basemap.geometry_url(layer),
        featureidkey="properties.territory_id",
        locations=list(frame["territory_id"]),
        customdata=list(frame["territory_id"]),
        below=basemap.BORDER,
        showscale=False,
        hovertemplate="%{text}<extra></extra>",
        **looks,
    )


def _add_values(
    figure: go.Figure,
    context: Context,
    shown: pandas.DataFrame,
    layer: str,
    classes: Classes,
    indicator: Indicator,
) -> None:
    if shown.empty:
        return
    count = len(classes.colours)
    steps = [
        [(position + edge) / count, colour]
        for position, colour in enumerate(classes.colours)
        for edge in (0, 1)
    ]
    figure.add_trace(
        polygons(
            context,
            shown,
            layer,
            z=[classes.index(value) + 0.5 for value in shown["value"]],
            zmin=0,
            zmax=count,
            colorscale=steps,
            marker={"line": {"color": context.palette.region_line, "width": _line_width(layer)}},
            text=[_hover(context, row, indicator) for row in shown.to_dict("records")],
        )
    )


def _hover(context: Context, row: dict[str, Any], indicator: Indicator) -> str:
    """Place, value with unit, what a rate is made of, flag in words, rank; nothing more."""
    words = context.words
    lines = [
        f"<b>{escape(row[f'name_{words.language}'])}</b>",
        f"{words.figure(row['value'], indicator)}{superscript(row['flag_raw'])}",
    ]
    if (numerator := catalogue.numerator(indicator)) is not None and pandas.notna(row["counted"]):
        counted = words.compact(row["counted"], numerator)
        lines.append(f"{words.of(numerator.label)}{words('number.colon')} {counted}")
    if row["status"] != "A":
        lines.append(meaning(row["status"], words))
    lines.append(words("map.rank", rank=int(row["rank"]), count=int(row["ranked"])))
    return "<br>".join(lines)


def _line_width(layer: str) -> float:
    """Pixels; hundreds of municipalities would be a net of lines."""
    return 0.25 if layer.startswith("municipality") else 0.75


def _add_absent(figure: go.Figure, context: Context, frame: pandas.DataFrame, layer: str, state: str) -> None:
    if frame.empty:
        return
    words, tokens = context.words, context.palette
    fill = tokens.not_observed if state == "not_observed" else tokens.absent
    figure.add_trace(
        polygons(
            context,
            frame,
            layer,
            z=[0] * len(frame),
            colorscale=[[0, fill], [1, fill]],
            marker={"line": {"color": tokens.line, "width": _line_width(layer)}},
            text=[
                f"<b>{escape(name)}</b><br>{words(f'state.{state}')}"
                for name in frame[f"name_{words.language}"]
            ],
        )
    )
    if state != "not_loaded":
        is_small = layer.startswith("municipality")
        segments = _strokes(frame) if is_small else hatching(layer, list(frame["territory_id"]))
        add_pattern(figure, context, segments, state)


def hatching(layer: str, ids: Sequence[str]) -> list[Segment]:
    return [line for name in ids for line in territories.hatches(layer).get(name, [])]


def _strokes(frame: pandas.DataFrame) -> list[Segment]:
    """One stroke of hatching a municipality: lines cut to thousands of outlines would weigh too much."""
    return [
        [[lon - STROKE, lat - STROKE * SLOPE], [lon + STROKE, lat + STROKE * SLOPE]]
        for lon, lat in zip(frame["lon"], frame["lat"], strict=True)
    ]


def add_pattern(figure: go.Figure, context: Context, segments: Sequence[Segment], state: str) -> None:
    """Hatching for missing (grey) and confidential (dark), dots where nobody measures."""
    dotted = state == "not_observed"
    points = [point for line in segments for point in (_dots(line) if dotted else [*line, (None, None)])]
    tokens = context.palette
    colour = tokens.text if state == "confidential" else tokens.muted
    figure.add_trace(
        go.Scattermap(
            lon=[longitude for longitude, _ in points],
            lat=[latitude for _, latitude in points],
            mode="markers" if dotted else "lines",
            marker={"size": 2.5, "color": colour},
            line={"width": 1, "color": colour},
            opacity=0.6,
            below=basemap.BORDER,
            hoverinfo="skip",
        )
    )


def _dots(line: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """Points along one hatch line, DOT_STEP degrees of longitude apart on a common grid."""
    (west, south), (east, north) = line
    slope = (north - south) / (east - west) if east > west else 0.0
    steps = range(math.ceil(west / DOT_STEP), math.floor(east / DOT_STEP) + 1)
    return [(step * DOT_STEP, south + (step * DOT_STEP - west) * slope) for step in steps]


def _labels(context: Context, shown: pandas.DataFrame, indicator: Indicator) -> list[Label]:
    """Name and figure of the territories around the chosen one.

    The extremes are what the title names: they come first, the middle is written if there is room. A long
    unit is left to the legend.
    """
    words = context.words
    apart = (shown["value"] - shown["value"].median()).abs().sort_values(ascending=False, kind="stable")
    labels = []
    for row in shown.loc[apart.index[:MOST_LABELS]].to_dict("records"):
        written = words.number(row["value"], indicator.decimals)
        if len(words.of(indicator.symbol)) == 1:
            written = words.with_symbol(written, indicator)
        labels.append(
            Label(
                lon=row["lon"],
                lat=row["lat"],
                name=row[f"name_{words.language}"],
                figure=f"{written}{superscript(row['flag_raw'])}",
            )
        )
    return labels


def border_key(context: Context) -> str:
    """The legend's entry for the national border."""
    return key("border", context.words("map.border"))


def state_key(context: Context, state: str, label: str = "") -> str:
    """The legend's entry for a state without figure, under its own name or another `label`."""
    return key(state, label or context.words(f"state.{state}"))


def key(swatch: str, label: str) -> str:
    """A legend entry: the stylesheet draws the swatch of that name."""
    return f'<span class="key"><i class="swatch {swatch}"></i>{escape(label)}</span>'
