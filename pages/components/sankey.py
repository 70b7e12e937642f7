"""Paths drawn as a Sankey, a column a step, each as wide as what it carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import shorten, wrap
from typing import Any

import plotly.graph_objects as go
import streamlit

from pages.components.charts import CONFIG
from pages.components.context import LARGE_TYPE, Context

ROW, PAD, MARGIN = 26, 12, 30  # pixels: a node with its label, between two nodes, above the first
NODE_WIDTH = 12
LETTER = 6.6  # pixels of a letter at 13 px
TYPE = 13


@dataclass(frozen=True)
class Node:
    """`step` is its column, from 0; a gap is where paths end for want of something."""

    name: str
    label: str
    step: int
    is_gap: bool = False


@dataclass(frozen=True)
class Path:
    """Nodes a path goes through, and what is said of each step: one text less than nodes, in lines.

    `colour` is its own; empty: green where it leads somewhere, grey where it ends in a gap.
    """

    nodes: tuple[Node, ...]
    reasons: tuple[str, ...]
    weight: float = 1
    colour: str = ""

    @property
    def is_complete(self) -> bool:
        return not self.nodes[-1].is_gap


@dataclass(frozen=True)
class Room:
    """Pixels a node takes with its label and between two; `reach` is where across the last column stands."""

    row: int = ROW
    pad: int = PAD
    reach: float = 0.75


CHAIN = Room()


def draw(context: Context, paths: Sequence[Path], steps: Sequence[str], room: Room = CHAIN) -> go.Figure:
    """`steps` are the names of the columns, written above them."""
    carried = _carried((node, path.weight) for path in paths for node in path.nodes)
    tallest = max(Counter(node.step for node in carried).values())
    size = TYPE * (LARGE_TYPE if context.large_type else 1)
    inside = max(260, int(tallest * room.row * size / TYPE))
    middles = _middles(carried, inside, room.pad)
    across = [step / max(len(steps) - 1, 1) * room.reach for step in range(len(steps))]
    letters = int(context.screen.width / len(steps) / (LETTER * size / TYPE)) - 6
    figure = go.Figure(_trace(context, paths, middles, across, room.pad))
    figure.update_layout(
        height=inside + MARGIN + PAD,
        margin={"l": 0, "r": 0, "t": MARGIN, "b": PAD},
        paper_bgcolor=context.palette.page,
        font={"family": "Source Sans, sans-serif", "size": size, "color": context.palette.text},
        annotations=[
            *(_head(context, name, place) for name, place in zip(steps, across, strict=True)),
            *(_label(context, node, middle, across[node.step], letters) for node, middle in middles.items()),
        ],
        hoverlabel={
            "bgcolor": context.palette.surface,
            "bordercolor": context.palette.line,
            "font": {"color": context.palette.text, "size": 14},
            "align": "left",
        },
    )
    return figure


def show(figure: go.Figure, key: str, alternative: str) -> None:
    streamlit.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alternative)


def _carried(weighed: Iterable[tuple[Any, float]]) -> dict[Any, float]:
    """What each thing carries in all, in the order in which they come."""
    carried: dict[Any, float] = {}
    for thing, weight in weighed:
        carried[thing] = carried.get(thing, 0) + weight
    return carried


def _middles(carried: Mapping[Node, float], inside: int, pad: int) -> dict[Node, float]:
    """Where the middle of each node stands, 0 at the top; nodes keep the order in which paths come to them.

    Heights are those Plotly gives: the fullest column decides how many pixels a path is worth.
    """
    columns: dict[int, list[Node]] = {}
    for node in carried:
        columns.setdefault(node.step, []).append(node)
    sums = {step: sum(carried[node] for node in own) for step, own in columns.items()}
    worth = min((inside - (len(own) - 1) * pad) / sums[step] for step, own in columns.items())
    middles = {}
    for step, own in columns.items():
        between = (inside - worth * sums[step]) / len(own)
        top = between / 2
        for node in own:
            height = worth * carried[node]
            middles[node] = (top + height / 2) / inside
            top += height + between
    return middles


def _trace(
    context: Context, paths: Sequence[Path], middles: Mapping[Node, float], across: Sequence[float], pad: int
) -> go.Sankey:
    tokens = context.palette
    nodes = list(middles)
    rank = {node: position for position, node in enumerate(nodes)}
    leading, ending = tokens.sequential[1], tokens.not_observed
    # Many paths share a step: it is drawn once, as wide as the paths it carries.
    carried = _carried(
        ((*step, path.colour or (leading if path.is_complete else ending)), path.weight)
        for path in paths
        for step in zip(path.nodes, path.nodes[1:], path.reasons, strict=False)
    )
    return go.Sankey(
        arrangement="fixed",
        node={
            "label": [""] * len(nodes),  # written by us: Plotly puts those of the last column over its links
            "customdata": [_folded(node.label) for node in nodes],
            "color": [tokens.page if node.is_gap else tokens.muted for node in nodes],
            "line": {"color": tokens.muted, "width": 1},
            "thickness": NODE_WIDTH,
            "pad": pad,
            "align": "left",
            "x": [across[node.step] + 0.005 for node in nodes],
            "y": [middles[node] for node in nodes],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        link={
            "source": [rank[start] for start, *_ in carried],
            "target": [rank[end] for _, end, *_ in carried],
            "value": list(carried.values()),
            "customdata": [_why(start, end, reason) for start, end, reason, _ in carried],
            "color": [colour for *_, colour in carried],
            "line": {"color": tokens.muted, "width": 0.4},
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    )


def _head(context: Context, name: str, across: float) -> dict[str, Any]:
    return _annotation(across, 1.0) | {
        "text": escape(name),
        "yshift": 18,
        "font": {"color": context.palette.muted},
    }


def _label(context: Context, node: Node, middle: float, place: float, letters: int) -> dict[str, Any]:
    return _annotation(place + 0.005, 1 - middle) | {
        "text": escape(shorten(node.label, letters, placeholder="…")),
        "xshift": NODE_WIDTH / 2 + 4,
        "font": {"color": context.palette.text},
    }


def _annotation(across: float, up: float) -> dict[str, Any]:
    return {
        "x": across,
        "y": up,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "borderpad": 0,
    }


def _why(start: Node, end: Node, reason: str) -> str:
    """Both ends, and the lines said of the step."""
    lines = [f"<b>{_folded(start.label)}</b>", f"→ <b>{_folded(end.label)}</b>"]
    return "<br>".join([*lines, *(_folded(line) for line in reason.split("\n") if line)])


def _folded(text: str) -> str:
    return "<br>".join(wrap(escape(text), 60))
