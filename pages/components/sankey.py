"""Paths drawn as a Sankey, a column a step. Colours mean no side: green leads somewhere, grey to nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import shorten, wrap
from typing import Any

import plotly.graph_objects as go
import streamlit

from pages.components import maps
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
    """Nodes a path goes through, and why each step of it: one reason less than nodes."""

    nodes: tuple[Node, ...]
    reasons: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.nodes[-1].is_gap


def draw(context: Context, paths: Sequence[Path], steps: Sequence[str]) -> go.Figure:
    """`steps` are the names of the columns, written above them."""
    carried = Counter(node for path in paths for node in path.nodes)
    tallest = max(Counter(node.step for node in carried).values())
    size = TYPE * (LARGE_TYPE if context.large_type else 1)
    inside = max(260, int(tallest * ROW * size / TYPE))
    middles = _middles(carried, inside)
    letters = int(context.screen.width / len(steps) / (LETTER * size / TYPE)) - 6
    figure = go.Figure(_trace(context, paths, middles, len(steps)))
    figure.update_layout(
        height=inside + MARGIN + PAD,
        margin={"l": 0, "r": 0, "t": MARGIN, "b": PAD},
        paper_bgcolor=context.palette.page,
        font={"family": "Source Sans, sans-serif", "size": size, "color": context.palette.text},
        annotations=[
            *(_head(context, name, step / len(steps)) for step, name in enumerate(steps)),
            *(_label(context, node, middle, len(steps), letters) for node, middle in middles.items()),
        ],
        hoverlabel={
            "bgcolor": context.palette.surface,
            "bordercolor": context.palette.line,
            "font": {"color": context.palette.text, "size": 14},
            "align": "left",
        },
    )
    return figure


def show(context: Context, figure: go.Figure, key: str, alternative: str) -> None:
    """The drawing, and under it what its two colours say."""
    streamlit.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alternative)
    keys = [
        maps.key("leads", context.words("chain.leads")),
        maps.key("ends", context.words("chain.no_indicator")),
    ]
    streamlit.html(f'<div class="legend" data-testid="legend">{"".join(keys)}</div>')


def _middles(carried: Mapping[Node, int], inside: int) -> dict[Node, float]:
    """Where the middle of each node stands, 0 at the top; nodes keep the order in which paths come to them.

    Heights are those Plotly gives: the fullest column decides how many pixels a path is worth.
    """
    columns: dict[int, list[Node]] = {}
    for node in carried:
        columns.setdefault(node.step, []).append(node)
    sums = {step: sum(carried[node] for node in own) for step, own in columns.items()}
    worth = min((inside - (len(own) - 1) * PAD) / sums[step] for step, own in columns.items())
    middles = {}
    for step, own in columns.items():
        between = (inside - worth * sums[step]) / len(own)
        top = between / 2
        for node in own:
            height = worth * carried[node]
            middles[node] = (top + height / 2) / inside
            top += height + between
    return middles


def _trace(context: Context, paths: Sequence[Path], middles: Mapping[Node, float], steps: int) -> go.Sankey:
    tokens = context.palette
    nodes = list(middles)
    rank = {node: position for position, node in enumerate(nodes)}
    # Many paths share a step: it is drawn once, as wide as the paths it carries.
    carried = Counter(
        (*step, path.is_complete)
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
            "pad": PAD,
            "align": "left",
            "x": [node.step / steps + 0.005 for node in nodes],
            "y": [middles[node] for node in nodes],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        link={
            "source": [rank[start] for start, *_ in carried],
            "target": [rank[end] for _, end, *_ in carried],
            "value": list(carried.values()),
            "customdata": [_why(context, start, end, reason) for start, end, reason, _ in carried],
            "color": [tokens.sequential[1] if leads else tokens.not_observed for *_, leads in carried],
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


def _label(context: Context, node: Node, middle: float, steps: int, letters: int) -> dict[str, Any]:
    return _annotation(node.step / steps + 0.005, 1 - middle) | {
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


def _why(context: Context, start: Node, end: Node, reason: str) -> str:
    """Both ends, whose proposal it is, and the reason."""
    lines = [f"<b>{_folded(start.label)}</b>", f"→ <b>{_folded(end.label)}</b>"]
    lines += [context.words("chain.proposed"), _folded(reason)] if reason else []
    return "<br>".join(lines)


def _folded(text: str) -> str:
    return "<br>".join(wrap(escape(text), 60))
