"""Two strategies of territories: the Arc jurassien of 2017, and the living areas tried out in 2024."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import pandas

from pages.components import addresses, ledger, view
from pages.components.context import Context
from warehouse.queries import strategy
from warehouse.result import Result

Document = Callable[[Context, str, ledger.Tree], list[ledger.Row]]


def show(context: Context) -> None:
    arc, bassins = strategy.arc_jurassien(), strategy.bassins()
    view.heading(*_heading(context, arc.frame, bassins.frame))
    _document(context, arc, "arc", _arc_rows)
    _document(context, bassins, "bassins", _bassins_rows)


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


def _arc_rows(context: Context, section: str, tree: ledger.Tree) -> list[ledger.Row]:
    """A row a thematic table with its proposals and the actions they attach to; then a row a tool."""
    words = context.words
    rows = []
    for item in tree[""]:
        body = [
            _said(context, child)
            + ledger.listing([_said(context, under) for under in tree.get(child["item_id"], [])])
            for child in tree.get(item["item_id"], [])
        ]
        rows.append(
            ledger.Row(
                section=section,
                over=words(f"strategy.{item['kind']}"),
                head=item[f"label_{words.language}"],
                body=ledger.listing(body),
            )
        )
    return rows


def _bassins_rows(context: Context, section: str, tree: ledger.Tree) -> list[ledger.Row]:
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
            body=ledger.listing([_said(context, item) for item in items]),
        )
        for kind, items in by_kind.items()
    ]


def _said(context: Context, row: dict[str, Any]) -> str:
    """One item: its label, what is printed beside it, and plainly what our copy of the document has lost."""
    label = escape(row[f"label_{context.words.language}"])
    if isinstance(row["theme_id"], str):
        label = ledger.link(addresses.theme(row["theme_id"]), row[f"label_{context.words.language}"])
    border = ledger.tag(row["border"]) if isinstance(row["border"], str) else ""
    if row["is_lost"]:
        return f"{label}{ledger.tag(context.words('strategy.not_printed'), 'absent')}{border}"
    printed = f" <strong>{escape(row['printed'])}</strong>" if isinstance(row["printed"], str) else ""
    return f"{label}{printed}{border}"


def _printed(context: Context, row: dict[str, Any]) -> str:
    if row["is_lost"]:
        return context.words("strategy.not_printed")
    return row["printed"] if isinstance(row["printed"], str) else "–"
