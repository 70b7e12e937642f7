"""Horizontal bars as plain HTML: a count a row, its figure beside it, zero at the left edge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import streamlit


@dataclass(frozen=True)
class Bar:
    """One row. `group` is a line written above it when it changes; `second` wears the lighter ink."""

    label: str
    value: int
    written: str
    group: str = ""
    second: bool = False
    chosen: bool = False


def show(bars: Iterable[Bar], name: str) -> None:
    """Draw the rows in the order given; the longest bar takes 70 % of its column."""
    rows = list(bars)
    longest = max((bar.value for bar in rows), default=1)
    html, group = [], ""
    for bar in rows:
        if bar.group and bar.group != group:
            group = bar.group
            html.append(f'<div class="group">{escape(group)}</div>')
        chosen = " chosen" if bar.chosen else ""
        look = f"bar{' second' if bar.second else ''}{chosen}"
        html.append(
            f'<div class="label{chosen}">{escape(bar.label)}</div>'
            f'<div class="track"><span class="{look}" style="width:{bar.value / longest * 70:.1f}%"></span>'
            f"<span>{escape(bar.written)}</span></div>"
        )
    streamlit.html(f'<div class="bars" data-testid="bars-{escape(name)}">{"".join(html)}</div>')
