"""Horizontal bars as plain HTML: a count a row, its figure beside it, zero at the left edge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import streamlit


@dataclass(frozen=True)
class Bar:
    """One row. `group` is a line written above it when it changes; `second` wears the lighter ink.

    `note` stands small under the label; `address` makes the label a link.
    """

    label: str
    value: int
    written: str
    group: str = ""
    second: bool = False
    chosen: bool = False
    note: str = ""
    address: str = ""


def show(bars: Iterable[Bar], name: str, whole: int | None = None) -> None:
    """Draw the rows in the order given; a bar of `whole`, else the longest, takes 70 % of its column."""
    rows = list(bars)
    longest = whole or max((bar.value for bar in rows), default=1)
    html, group = [], ""
    for bar in rows:
        if bar.group and bar.group != group:
            group = bar.group
            html.append(f'<div class="group">{escape(group)}</div>')
        chosen = " chosen" if bar.chosen else ""
        look = f"bar{' second' if bar.second else ''}{chosen}"
        html.append(
            f'<div class="label{chosen}">{_label(bar)}</div>'
            f'<div class="track"><span class="{look}" style="width:{bar.value / longest * 70:.1f}%"></span>'
            f"<span>{escape(bar.written)}</span></div>"
        )
    streamlit.html(f'<div class="bars" data-testid="bars-{escape(name)}">{"".join(html)}</div>')


def _label(bar: Bar) -> str:
    label = escape(bar.label)
    if bar.address:
        label = f'<a href="{escape(bar.address)}">{label}</a>'
    return f'{label}<br><span class="note">{escape(bar.note)}</span>' if bar.note else label
