"""Horizontal bars as plain HTML: a count a row, its figure beside it, zero at the left edge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import streamlit

# The rest is for the figure beside it: with less the longest bars are squeezed, and no longer compare.
ROOM = "min(70%, 100% - 5.5rem)"


@dataclass(frozen=True)
class Bar:
    """One row. `group` is a line written above it when it changes; `second` wears the lighter ink.

    `note` stands small under the label, then `source`, a link to `source_address`; `address` makes the label
    a link.
    """

    label: str
    value: float
    written: str
    group: str = ""
    second: bool = False
    chosen: bool = False
    note: str = ""
    address: str = ""
    source: str = ""
    source_address: str = ""


def show(bars: Iterable[Bar], name: str, whole: float | None = None) -> None:
    """Draw the rows in the order given; a bar of `whole`, else the longest, takes ROOM of its column."""
    streamlit.html(html(bars, name, whole))


def html(bars: Iterable[Bar], name: str, whole: float | None = None) -> str:
    """The rows as `show` draws them."""
    rows = list(bars)
    longest = whole or max((bar.value for bar in rows), default=1)
    drawn, group = [], ""
    for bar in rows:
        if bar.group and bar.group != group:
            group = bar.group
            drawn.append(f'<div class="group">{escape(group)}</div>')
        chosen = " chosen" if bar.chosen else ""
        width = f"calc({ROOM} * {bar.value / longest:.4f})"
        look = f"bar{' second' if bar.second else ''}{chosen}"
        drawn.append(
            f'<div class="label{chosen}">{_label(bar)}</div>'
            f'<div class="track"><span class="{look}" style="width:{width}"></span>'
            f"<span>{escape(bar.written)}</span></div>"
        )
    return f'<div class="bars" data-testid="bars-{escape(name)}">{"".join(drawn)}</div>'


def _label(bar: Bar) -> str:
    label = escape(bar.label)
    if bar.address:
        label = f'<a href="{escape(bar.address)}">{label}</a>'
    notes = [escape(bar.note)] if bar.note else []
    if bar.source:
        address = escape(bar.source_address)
        notes.append(f'<a href="{address}" rel="noopener" target="_blank">{escape(bar.source)}</a>')
    return f'{label}<br><span class="note">{" · ".join(notes)}</span>' if notes else label
