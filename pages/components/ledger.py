"""A long text one can survey: what it is about on the left, what it says on the right, folds for the detail.

Rows and folds are plain HTML: one block a list, printable, open to the keyboard without a script.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas
import streamlit

Records = list[dict[str, Any]]
# The rows of a document by the identifier of what they stand under, "" for what stands under nothing.
Tree = dict[str, Records]


@dataclass(frozen=True)
class Row:
    """`body` is HTML; everything else is escaped here. `section` is written above when it changes."""

    over: str
    head: str
    body: str
    notes: tuple[str, ...] = ()
    section: str = ""
    is_found: bool = False


def tree(frame: pandas.DataFrame) -> Tree:
    """The rows by their `parent_id`, each list in the order of the frame."""
    rows: Tree = {}
    for row in frame.to_dict("records"):
        parent = row["parent_id"] if isinstance(row["parent_id"], str) else ""
        rows.setdefault(parent, []).append(row)
    return rows


def show(rows: Iterable[Row], name: str) -> None:
    html, section = [], ""
    for row in rows:
        if row.section and row.section != section:
            section = row.section
            html.append(f'<h3 class="part">{escape(section)}</h3>')
        html.append(_row(row))
    streamlit.html(f'<div class="ledger" data-testid="ledger-{escape(name)}">{"".join(html)}</div>')


def _row(row: Row) -> str:
    over = f'<p class="over">{escape(row.over)}</p>' if row.over else ""
    note = "".join(f'<p class="note">{escape(note)}</p>' for note in row.notes if note)
    head = found(escape(row.head), row.is_found)
    return f'<section><header>{over}<p class="head">{head}</p>{note}</header><div>{row.body}</div></section>'


def fold(code: str, title: str, count: str, body: str, opened: bool = False) -> str:
    """One line that unfolds: its code, its title, how many things are in it. `body` is HTML."""
    state = " open" if opened else ""
    return (
        f'<details{state}><summary><span class="code">{escape(code)}</span><span>{escape(title)}</span>'
        f'<span class="count">{escape(count)}</span></summary>{body}</details>'
    )


def listing(items: Iterable[str], numbered: bool = False) -> str:
    """A list of ready HTML items."""
    kind = "ol" if numbered else "ul"
    return f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>"


def tag(text: str, look: str = "") -> str:
    """A short mark beside a text: projet, non imprimé, an axis. `look` is a style of the sheet."""
    return f'<span class="tag {look}">{escape(text)}</span>'


def link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def found(html: str, is_found: bool) -> str:
    """The item that a link or a search led to, outlined."""
    return f'<span class="found">{html}</span>' if is_found else html
