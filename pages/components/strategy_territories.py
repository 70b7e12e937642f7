"""Two strategies of territories: the Arc jurassien of 2017, and the living areas tried out in 2024."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

import pandas

from pages.components import addresses, ledger, url, view
from pages.components.context import Context
from warehouse.queries import strategy
from warehouse.result import Result

ALL = "tous"
Document = Callable[[Context, str, ledger.Tree], list[ledger.Row]]


def show(context: Context) -> None:
    arc, bassins = strategy.arc_jurassien(), strategy.bassins()
    items = [ALL, *arc.frame["item_id"], *bassins.frame["item_id"]]
    found = url.chosen("element", items, ALL, context.words)
    view.heading(*_heading(context, arc.frame, bassins.frame))
    _document(context, arc, "arc", partial(_arc_rows, found=found))
    _document(context, bassins, "bassins", partial(_bassins_rows, found=found))


def _heading(context: Context, arc: pandas.DataFrame, bassins: pandas.DataFrame) -> tuple[str, str]:
    words = context.words
    lost = int(arc["is_lost"].sum())
    return (
        words(
            "strategy.title_territoires",
            proposals=int((arc["kind"] == "proposal").sum()),
            tables=int((arc["kind"] == "table").sum()),
            sites=int((bassins["kind"] == "site").sum()),
        ),
        words.count("strategy.subtitle_territoires", lost),
    )


def _document(context: Context, result: Result, name: str, rows: Document) -> None:
    words, frame = context.words, result.frame
    ledger.show(rows(context, words(f"strategy.{name}"), ledger.tree(frame)), name)
    written = frame.assign(
        sort=[words(f"strategy.{kind}") for kind in frame["kind"]],
        said=[_printed(context, row) for row in frame.to_dict("records")],
    )
    columns = {
        "sort": words("column.nature"),
        f"label_{words.language}": words("column.label"),
        "said": words("column.printed"),
        "line": words("column.line"),
    }
    view.close(context, result.with_frame(written), columns, f"strategie-{name}")


def _arc_rows(context: Context, section: str, tree: ledger.Tree, found: str) -> list[ledger.Row]:
    """A row a thematic table with its proposals and the actions they attach to; then a row a tool."""
    words = context.words
    return [
        ledger.Row(
            section=section,
            over=words(f"strategy.{item['kind']}"),
            head=item[f"label_{words.language}"],
            body=_listed(context, tree, item, found),
            is_found=item["item_id"] == found,
        )
        for item in tree[""]
    ]


def _listed(context: Context, tree: ledger.Tree, item: dict[str, Any], found: str) -> str:
    """What stands under an item, and under that, as lists. HTML."""
    under = tree.get(item["item_id"], [])
    if not under:
        return ""
    return ledger.listing([_said(context, row, found) + _listed(context, tree, row, found) for row in under])


def _bassins_rows(context: Context, section: str, tree: ledger.Tree, found: str) -> list[ledger.Row]:
    """A row a kind: the sites, their themes, the partners, the calendar."""
    words = context.words
    by_kind: ledger.Tree = {}
    for item in tree[""]:
        by_kind.setdefault(item["kind"], []).append(item)
    return [
        ledger.Row(
            section=section,
            over=words.number(len(items)),
            head=words(f"strategy.{kind}_many"),
            body=ledger.listing([_said(context, item, found) for item in items]),
        )
        for kind, items in by_kind.items()
    ]


def _said(context: Context, row: dict[str, Any], found: str) -> str:
    """An item: its label, what is printed with it, and plainly what our copy of it has lost. HTML."""
    words = context.words
    label = escape(row[f"label_{words.language}"])
    if isinstance(row["theme_id"], str):
        label = ledger.link(addresses.theme(row["theme_id"]), row[f"label_{words.language}"])
    label = ledger.found(label, row["item_id"] == found)
    border = ledger.tag(row["border"]) if isinstance(row["border"], str) else ""
    if row["is_lost"]:
        return f"{label}{ledger.tag(words('strategy.not_printed'), 'absent')}{border}"
    if not isinstance(row["printed"], str):
        return f"{label}{border}"
    printed = f"<strong>{escape(row['printed'])}</strong>"
    # The number of an action stands before it, as in every document; a figure after what it tells.
    numbered = row["kind"] == "attachment"
    return f"{printed} {label}" if numbered else f"{label}{words('number.colon')} {printed}"


def _printed(context: Context, row: dict[str, Any]) -> str:
    if row["is_lost"]:
        return context.words("strategy.not_printed")
    return row["printed"] if isinstance(row["printed"], str) else "–"
