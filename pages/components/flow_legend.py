"""What widths, colours and dashes of the map of flows mean, with real values, in a strip of its own."""

from __future__ import annotations

from html import escape

import numpy
import pandas
import streamlit

from pages.components import flow_rows, flow_shapes, maps
from pages.components.context import Context

# Widths are shown at the largest flow and at this part of it, rounded as one counts.
SMALLER = 10


def show(context: Context, flows: pandas.DataFrame, has_unobserved: bool) -> None:
    streamlit.html(html(context, flows, has_unobserved))


def html(context: Context, flows: pandas.DataFrame, has_unobserved: bool) -> str:
    words = context.words
    keys = []
    if not flows.empty:
        largest = float(flows["value"].max())
        keys.append(f"<span class='key'>{escape(words('flows.width'))}</span>")
        keys += [
            _line(value, largest, len(flows), words.number(value))
            for value in dict.fromkeys((_round(largest / SMALLER), largest))
            if value
        ]
        ways = set(flows["direction"].unique())
        keys += [maps.key(f"flow {way}", words(f"flows.way_{way}")) for way in ("out", "in") if way in ways]
        looks = set(numpy.unique(flow_rows.reliability(flows)))
        told_apart = len(flows) <= flow_rows.TOLD_APART
        if flow_rows.LIGHT in looks:
            keys.append(maps.key("flow light", words("flows.uncertain")))
        if flow_rows.DASHED in looks:
            keys.append(maps.key("flow dashed" if told_apart else "flow light", words("flows.careful")))
    if has_unobserved:
        keys.append(maps.key("flow unobserved", words("state.not_observed")))
    keys.append(maps.border_key(context))
    return f'<div class="legend" data-testid="legend">{"".join(keys)}</div>'


def _line(value: float, largest: float, count: int, label: str) -> str:
    (width,) = flow_shapes.widths(pandas.Series([value]), largest, count)
    return f'<span class="key"><i class="flow-width" style="height:{width:.1f}px"></i>{escape(label)}</span>'


def _round(value: float) -> float:
    """One figure and zeros: 4 321 is 4 000."""
    digits = len(str(int(value))) - 1
    return float(round(value / 10**digits) * 10**digits) if value >= 1 else 0
