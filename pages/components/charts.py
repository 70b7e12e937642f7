"""Lines over time: side colours, names at the line's end, a break in the series is a break in the line.

Years too close to compare are points beside the line, which goes back from the latest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas
import plotly.graph_objects as go
import streamlit

from pages.components import drawing
from pages.components.context import Context
from pages.components.drawing import Drawing
from pages.components.flags import meaning, superscript
from pages.components.words import Words
from warehouse.comparability import periods_to_join
from warehouse.result import Indicator, Result

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
HEIGHT = 380
FAINT = 0.55  # of a point beside the line: a ring would say that its figure is flagged
DRAWINGS_KEPT = 200


def lines(context: Context, result: Result, sides: Mapping[str, str], key: str, alternative: str) -> None:
    """One line a territory; `sides` tells which side (french, other) each territory_id is on."""
    view = (*context.look, result.indicator.indicator_id, tuple(sides))
    drawing.show(_drawn(view, context, result, sides), key, alternative, "", CONFIG)


@streamlit.cache_resource(max_entries=DRAWINGS_KEPT, show_spinner=False)
def _drawn(
    view: tuple[object, ...], _context: Context, _result: Result, _sides: Mapping[str, str]
) -> Drawing:
    """The lines, kept under `view`: the same ones are drawn once for all readers."""
    context, result, sides = _context, _result, _sides
    figure, frame = go.Figure(), result.frame
    periods = frame.loc[frame["value"].notna(), "period"].unique()
    joined = periods_to_join(periods, result.indicator.years_apart)
    ends: list[tuple[float, str, str, pandas.Timestamp]] = []
    drawn = {"french": 0, "other": 0}
    for territory_id, own in frame.groupby("territory_id", sort=False):
        side = sides[str(territory_id)]
        colour = context.palette.side(side)
        dash = DASHES[drawn[side] % len(DASHES)]
        drawn[side] += 1
        is_joined = own["period"].isin(joined)
        _add_line(figure, context, result, own[is_joined], colour, dash)
        _add_points(figure, context, result, own[~is_joined].dropna(subset=["value"]), colour)
        known = own.dropna(subset=["value"])
        if not known.empty:
            last = known.iloc[-1]
            ends.append((last["value"], last[f"name_{context.words.language}"], colour, last["period_start"]))
    _label_ends(figure, context, ends)
    _arrange(figure, context, frame)
    return drawing.drawing(figure, HEIGHT)


def _add_line(
    figure: go.Figure, context: Context, result: Result, own: pandas.DataFrame, colour: str, dash: str
) -> None:
    for part in _unbroken(own):
        flagged = part["status"] != "A"
        figure.add_trace(
            go.Scatter(
                x=part["period_start"],
                y=part["value"],
                mode="lines+markers",
                line={"color": colour, "width": 2.5, "dash": dash},
                marker={
                    "size": [7 if flag else 4 for flag in flagged],
                    "color": [context.palette.page if flag else colour for flag in flagged],
                    "line": {"color": colour, "width": 1.5},
                },
                text=[_hover(context.words, row, result.indicator) for row in part.to_dict("records")],
                hovertemplate="%{text}<extra></extra>",
                showlegend=False,
            )
        )


def _add_points(
    figure: go.Figure, context: Context, result: Result, own: pandas.DataFrame, colour: str
) -> None:
    """The years that no line joins, faint: a reader may look at each, and set none against another."""
    if own.empty:
        return
    words, indicator = context.words, result.indicator
    why = words("employment.off_line", years=indicator.years_apart)
    figure.add_trace(
        go.Scatter(
            x=own["period_start"],
            y=own["value"],
            mode="markers",
            opacity=FAINT,
            marker={
                "size": 5,
                "color": [colour if status == "A" else context.palette.page for status in own["status"]],
                "line": {"color": colour, "width": 1.5},
            },
            text=[f"{_hover(words, row, indicator)}<br>{why}" for row in own.to_dict("records")],
            hovertemplate="%{text}<extra></extra>",
            showlegend=False,
        )
    )


def _hover(words: Words, row: dict[str, Any], indicator: Indicator) -> str:
    name = row[f"name_{words.language}"]
    figure = f"{words.figure(row['value'], indicator)}{superscript(row['flag_raw'])}"
    lines = [f"<b>{escape(name)}</b>", words.period(row["period"]), figure, meaning(row["status"], words)]
    return "<br>".join(line for line in lines if line)


def _unbroken(own: pandas.DataFrame) -> list[pandas.DataFrame]:
    """The pieces of a series between breaks and gaps: a figure is missing, or its very period is."""
    broken = own["flag_raw"].str.lower().str.contains("b")
    after_missing = own["value"].isna().shift(fill_value=False)
    step = own["period_start"].diff()
    after_absent = step > step.min() * 1.5
    starts = (broken | after_missing | after_absent).cumsum()
    return [part.dropna(subset=["value"]) for _, part in own.groupby(starts) if part["value"].notna().any()]


def _label_ends(
    figure: go.Figure, context: Context, ends: Sequence[tuple[float, str, str, pandas.Timestamp]]
) -> None:
    """Names beside the last points, moved apart when they would touch."""
    if not ends:
        return
    values = [end[0] for end in ends]
    span = (max(values) - min(min(values), 0)) or 1.0
    apart = span * (0.075 if not context.large_type else 0.11)
    previous = float("-inf")
    right = max(end[3] for end in ends)
    for value, name, colour, _ in sorted(ends):
        height = max(value, previous + apart)
        previous = height
        figure.add_annotation(
            x=right,
            y=height,
            text=escape(name),
            showarrow=False,
            xanchor="left",
            xshift=10,
            font={"color": colour, "size": 14 if not context.large_type else 19},
        )


def _arrange(figure: go.Figure, context: Context, frame: pandas.DataFrame) -> None:
    tokens = context.palette
    size = 13 if not context.large_type else 18
    longest = max((len(name) for name in frame[f"name_{context.words.language}"].unique()), default=0)
    separators = ".," if context.words.language == "en" else ",\u202f"
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 24 + int(longest * size * 0.56), "t": 12, "b": 8},
        paper_bgcolor=tokens.page,
        plot_bgcolor=tokens.page,
        font={"family": "Source Sans, sans-serif", "size": size, "color": tokens.muted},
        separators=separators,
        hovermode="closest",
        dragmode=False,
        hoverlabel={
            "bgcolor": tokens.surface,
            "bordercolor": tokens.line,
            "font": {"color": tokens.text, "size": 14},
            "align": "left",
        },
    )
    known = frame.dropna(subset=["value"])["period_start"]
    edge = (known.max() - known.min()) * 0.015
    figure.update_xaxes(range=[known.min() - edge, known.max() + edge])
    figure.update_xaxes(
        showgrid=False, linecolor=tokens.line, ticks="outside", tickcolor=tokens.line, automargin=True
    )
    figure.update_yaxes(
        gridcolor=tokens.line, zeroline=True, zerolinecolor=tokens.muted, rangemode="tozero", nticks=6,
        automargin=True, tickformat=",.6~f",
    )  # fmt: skip
