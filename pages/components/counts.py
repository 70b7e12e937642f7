"""Whole numbers as a plain table: a row a thing, a column a year, what changed. Printable, no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas
import streamlit

from pages.components.words import Words


@dataclass(frozen=True)
class Row:
    """A label, a link where there is an address, and a text a column."""

    label: str
    cells: tuple[str, ...]
    address: str = ""


def show(headers: Sequence[str], rows: Iterable[Row], name: str, total: Row | None = None) -> None:
    """`headers` name the label and the columns; `total` stands at the foot."""
    head = "".join(f'<th scope="col">{escape(header)}</th>' for header in headers)
    body = "".join(map(_row, rows))
    foot = f"<tfoot>{_row(total)}</tfoot>" if total else ""
    streamlit.html(
        f'<table class="counts" data-testid="counts-{escape(name)}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody>{foot}</table>"
    )


def number(words: Words, count: Any) -> str:
    """A count, which may be missing."""
    return "–" if pandas.isna(count) else words.number(count)


def change(words: Words, before: Any, after: Any) -> str:
    """+25, −5 or 0; a dash where one of the two is missing."""
    written = number(words, after - before)
    return f"+{written}" if not pandas.isna(after - before) and after > before else written


def _row(row: Row) -> str:
    label = escape(row.label)
    if row.address:
        label = f'<a href="{escape(row.address)}">{label}</a>'
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
    return f'<tr><th scope="row">{label}</th>{cells}</tr>'
