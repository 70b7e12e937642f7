"""One flow over the years: a panel a series, a line between figures that compare, else points."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import plotly.graph_objects as go
import streamlit

from pages.components import charts, flow_compare, flow_pair, ledger, view
from pages.components.context import Context
from pages.components.flow_pair import HOME, Pair
from warehouse.queries import flow_sources
from warehouse.result import Result

PANELS = 6  # more are in the table
COLUMNS = 3
HEIGHT = 260
SERIES = ["definition_id", "comparable_group"]


def show(context: Context, border: str) -> None:
    pair = flow_pair.choose(context, border)
    if pair is None:
        flow_pair.nothing(context, border)
        return
    result = flow_sources.lines(pair.origin_id, pair.destination_id, pair.kinds)
    frame = result.frame
    view.heading(*_heading(context, pair, frame))
    series = [own for _, own in frame.groupby(SERIES, sort=False)]
    drawn = sorted((own for own in series if len(own) > 1), key=_reach, reverse=True)
    _panels(context, pair, frame, drawn[:PANELS])
    _alone(context, [own.iloc[0].to_dict() for own in series if len(own) == 1])
    if len(drawn) > PANELS:
        streamlit.caption(context.words.count("time.left_out", len(drawn) - PANELS))
    streamlit.html(f'<p class="note">{escape(context.words("time.note"))}</p>')
    view.close(
        context,
        _told(context, result),
        _columns(context),
        f"flux-temps-{pair.origin_id}-{pair.destination_id}",
    )


def _heading(context: Context, pair: Pair, frame: pandas.DataFrame) -> tuple[str, str]:
    """First and last figure of the longest line; a flow without a line says so."""
    words = context.words
    lines = frame.dropna(subset=["line"])
    if lines.empty:
        title = words("time.title_points", journey=pair.journey)
        return title, words.count("time.subtitle_points", len(frame))
    own = max((own for _, own in lines.groupby("line")), key=_reach)
    own = own.sort_values("period")
    first, last = own.iloc[0], own.iloc[-1]
    change = last["value"] / first["value"] - 1
    sign = "+" if change > 0 else ""
    return (
        words(
            "time.title",
            journey=pair.journey,
            first=words.number(first["value"]),
            first_period=words.period(first["period"]),
            last=words.number(last["value"]),
            last_period=words.period(last["period"]),
            change=f"{sign}{words.number(change * 100)}",
        ),
        f"{first[f'definition_{words.language}']} · {flow_compare.producer(context, first.to_dict())}",
    )


def _reach(own: pandas.DataFrame) -> tuple[int, int]:
    """Years between the first and the last figure that a line joins, then how many figures there are."""
    years = own.dropna(subset=["line"])["period"].str[:4].astype(int)
    return (0 if years.empty else int(years.max() - years.min())), len(own)


def _panels(context: Context, pair: Pair, frame: pandas.DataFrame, drawn: list[pandas.DataFrame]) -> None:
    if not drawn:
        return
    years = frame["period"].str[:4].astype(int)
    limits = (
        int(years.min()) - 1,
        int(years.max()) + 1,
        float(max(own["value"].max() for own in drawn)) * 1.15,
    )
    side = "other" if pair.destination_id[:2] != HOME else "french"
    columns = streamlit.columns(1 if context.screen.is_phone else min(COLUMNS, len(drawn)), gap="large")
    for number, own in enumerate(drawn):
        with columns[number % len(columns)]:
            first = own.iloc[0]
            producer = flow_compare.producer(context, first.to_dict())
            label = first[f"definition_{context.words.language}"]
            streamlit.html(f'<p class="note"><strong>{escape(label)}</strong><br>{escape(producer)}</p>')
            streamlit.plotly_chart(
                _panel(context, own, context.palette.side(side), limits),
                key=f"time-{number}",
                theme=None,
                config=charts.CONFIG,
                alt=context.words("time.alternative", journey=pair.journey, definition=label),
            )


def _panel(context: Context, own: pandas.DataFrame, colour: str, limits: tuple[int, int, float]) -> go.Figure:
    """The same years and workers on every panel: their axes are one."""
    tokens = context.palette
    figure = go.Figure()
    for _, part in own.dropna(subset=["line"]).groupby("line"):
        figure.add_trace(_trace(context, part.sort_values("period"), colour, "lines+markers"))
    points = own[own["line"].isna()]
    if not points.empty:
        figure.add_trace(_trace(context, points, colour, "markers"))
    _label(figure, context, own, colour)
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 16, "t": 8, "b": 8},
        paper_bgcolor=tokens.page,
        plot_bgcolor=tokens.page,
        font={
            "family": "Source Sans, sans-serif",
            "size": 18 if context.large_type else 13,
            "color": tokens.muted,
        },
        separators=".," if context.words.language == "en" else ",\u202f",
        showlegend=False,
        dragmode=False,
        hoverlabel={
            "bgcolor": tokens.surface,
            "bordercolor": tokens.line,
            "font": {"color": tokens.text, "size": 14},
        },
    )
    first, last, top = limits
    figure.update_xaxes(
        range=[first, last], showgrid=False, linecolor=tokens.line, ticks="outside", tickcolor=tokens.line,
        nticks=6, tickformat="d", automargin=True,
    )  # fmt: skip
    figure.update_yaxes(
        range=[0, top], gridcolor=tokens.line, zeroline=True, zerolinecolor=tokens.muted, nticks=5,
        automargin=True, tickformat=",.6~f",
    )  # fmt: skip
    return figure


def _trace(context: Context, part: pandas.DataFrame, colour: str, mode: str) -> go.Scatter:
    alone = mode == "markers"
    return go.Scatter(
        x=[int(period[:4]) for period in part["period"]],
        y=part["value"],
        mode=mode,
        line={"color": colour, "width": 2.5},
        marker={
            "size": 8 if alone else 6,
            "color": context.palette.page if alone else colour,
            "line": {"color": colour, "width": 1.8},
        },
        text=[_hover(context, row) for row in part.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(context: Context, row: dict[str, Any]) -> str:
    return f"<b>{context.words.period(row['period'])}</b><br>{flow_compare.printed(context, row)}"


def _label(figure: go.Figure, context: Context, own: pandas.DataFrame, colour: str) -> None:
    """First and last figure, written above their points."""
    ordered = own.sort_values("period")
    for row in (ordered.iloc[0], ordered.iloc[-1]):
        figure.add_annotation(
            x=int(row["period"][:4]),
            y=row["value"],
            text=context.words.number(row["value"]),
            showarrow=False,
            yshift=14,
            font={"color": colour, "size": 18 if context.large_type else 13},
        )


def _alone(context: Context, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    words = context.words
    streamlit.subheader(words("time.alone"), anchor=False)
    told = [_point(context, row) for row in sorted(rows, key=lambda row: row["period"], reverse=True)]
    streamlit.html(f'<div class="dossier" data-testid="time-alone">{ledger.listing(told)}</div>')


def _point(context: Context, row: dict[str, Any]) -> str:
    words = context.words
    number = escape(flow_compare.printed(context, row))
    said = (
        words.period(row["period"]),
        row[f"definition_{words.language}"],
        flow_compare.producer(context, row),
    )
    return f"<strong>{number}</strong> · {escape(' · '.join(said))}"


def _told(context: Context, result: Result) -> Result:
    """The figures in the order of their series, and in words whether a line joins them."""
    words = context.words
    frame = result.frame.sort_values([*SERIES, "period"])
    joined = [words("time.point" if missing else "time.joined") for missing in frame["line"].isna()]
    return result.with_frame(frame.assign(joined=joined).reset_index(drop=True))


def _columns(context: Context) -> dict[str, str]:
    words = context.words
    return {
        "period": words("column.period"),
        "value": words("column.value"),
        f"definition_{words.language}": words("column.definition"),
        "comparable_group": words("column.series"),
        "joined": words("column.joined"),
        "producer": words("column.producer"),
        "source_title": words("column.publication"),
    }
