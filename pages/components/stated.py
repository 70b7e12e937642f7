"""What a meeting wrote under a theme, sentence by sentence, with the line of its account."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import ledger, view
from pages.components.context import Context
from warehouse.result import Result


def show(context: Context, result: Result, meeting: str) -> None:
    """`meeting` is the name of the one that wrote."""
    words = context.words
    streamlit.subheader(words("meetings.objectives", meeting=meeting), anchor=False)
    if result.is_empty:
        view.empty(context, words("meetings.no_objective"))
    html = ""
    for kind, own in result.frame.groupby("kind", sort=False):
        lines = (
            f"{escape(row[f'text_{words.language}'])} {line(context, row)}" for row in own.to_dict("records")
        )
        html += f"<p><strong>{escape(words(f'meetings.{kind}'))}</strong></p>{ledger.listing(lines)}"
    streamlit.html(f'<div class="dossier" data-testid="stated">{html}{headings(context, result.frame)}</div>')


def line(context: Context, row: dict[str, Any]) -> str:
    """On which line of the account it stands. HTML."""
    return f'<span class="note">{escape(context.words("meetings.line", line=row["line"]))}</span>'


def headings(context: Context, frame: pandas.DataFrame) -> str:
    """The headings of the account under which these rows stand, each once. HTML."""
    words = context.words
    html = ""
    for row in frame[["seed", "heading"]].drop_duplicates().to_dict("records"):
        key = f"meetings.document_{row['seed']}"
        document = words(key) if key in words else row["seed"]
        said = words("meetings.source_heading", document=document, heading=row["heading"])
        html += f'<p class="note">{escape(said)}</p>'
    return html
