"""What was found for a word, kind by kind, each result a link to its place."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import addresses, ledger, url, view
from pages.components.context import Context
from warehouse.queries import strategy
from warehouse.queries.search import search

MOST_WORDS = 6  # of a search, tried one by one


def show(context: Context, sought: str) -> None:
    words = context.words
    found = search(sought, words.language)
    count = len(found.frame)
    form = "one" if count == 1 else "many"
    view.heading(
        words(f"search.title_{form}", count=words.number(count), sought=sought.strip()),
        words("search.subtitle"),
    )
    if found.is_empty:
        view.empty(context, words("search.nothing"), words("search.advice"))
        _word_by_word(context, sought)
        return
    above = _codes_above()
    rows = [
        ledger.Row(
            over=words.number(len(own)),
            head=words(f"search.{kind}"),
            body=ledger.listing([_result(context, row, above) for row in own.to_dict("records")]),
        )
        for kind, own in found.frame.groupby("kind", sort=False)
    ]
    ledger.show(rows, "search")
    view.close(
        context,
        found.with_frame(found.frame.assign(sort=[words(f"search.{kind}") for kind in found.frame["kind"]])),
        {
            "sort": words("column.nature"),
            "code": words("column.code"),
            f"label_{words.language}": words("column.title"),
        },
        "recherche",
    )


def _word_by_word(context: Context, sought: str) -> None:
    """Where no thing is called like all the words: those that lead somewhere, each a search of its own."""
    words = context.words
    counted = {word: len(search(word, words.language).frame) for word in sought.split()[:MOST_WORDS]}
    items = [
        ledger.link(url.to("strategie", recherche=word), word) + f" {words.count('search.results', count)}"
        for word, count in counted.items()
        if count
    ]
    if items:
        streamlit.html(f'<div class="dossier" data-testid="word-by-word">{ledger.listing(items)}</div>')


def _codes_above() -> dict[str, str]:
    """For each numbered action the code of its specific objective: action 2 alone says nothing."""
    frame = strategy.interreg().frame
    codes = dict(zip(frame["objective_id"], frame["code"], strict=True))
    numbered = frame[frame["kind"] == "numbered_action"]
    return {row.objective_id: codes[row.parent_id] for row in numbered.itertuples()}


def _result(context: Context, row: dict[str, Any], above: dict[str, str]) -> str:
    words = context.words
    label = row[f"label_{words.language}"]
    code = "" if pandas.isna(row["code"]) else str(row["code"])
    if row["id"] in above:
        code = words("search.numbered", objective=above[row["id"]], number=code)
    code = f'<span class="note">{escape(code)}</span> ' if code else ""
    return f"{code}{ledger.link(addresses.of(row['kind'], row['id']), label)}"
