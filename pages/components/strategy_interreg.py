"""Interreg France-Wallonie-Vlaanderen 2021-2027: priorities, specific objectives, numbered actions."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas

from pages.components import ledger, url, view
from pages.components.context import Context
from warehouse.queries import strategy

ALL = "tous"


def show(context: Context) -> None:
    words = context.words
    result = strategy.interreg()
    frame = result.frame
    found = url.chosen("objectif", [ALL, *frame["objective_id"]], ALL, words)
    view.heading(*_heading(context, frame))
    tree = ledger.tree(frame)
    ledger.show([_priority(context, row, tree, found) for row in tree[""]], "interreg")
    kinds = [words(f"strategy.{kind}") for kind in frame["kind"]]
    columns = {
        "sort": words("column.nature"),
        "priority": words("column.priority"),
        "code": words("column.code"),
        f"label_{words.language}": words("column.label"),
        "title": words("column.official_title"),
    }
    view.close(context, result.with_frame(frame.assign(sort=kinds)), columns, "strategie-interreg")


def _heading(context: Context, frame: pandas.DataFrame) -> tuple[str, str]:
    """How many of each, and where actions are fewest and most: the priorities are not equally filled."""
    words = context.words
    actions = frame[frame["kind"] == "numbered_action"]
    by_priority = actions["priority"].value_counts().sort_index()
    counts = {
        "priorities": int((frame["kind"] == "priority").sum()),
        "objectives": int((frame["kind"] == "specific_objective").sum()),
        "actions": len(actions),
    }
    return (
        words("strategy.title_interreg", **counts),
        words(
            "strategy.subtitle_interreg",
            fewest=_where(context, by_priority, int(by_priority.min())),
            most=_where(context, by_priority, int(by_priority.max())),
        ),
    )


def _where(context: Context, by_priority: pandas.Series, count: int) -> str:
    """10 actions (priorités 1 et 4)."""
    words = context.words
    numbers = [str(number) for number in by_priority[by_priority == count].index]
    form = "one" if len(numbers) == 1 else "many"
    where = words(f"strategy.priorities_{form}", numbers=words.listing(numbers))
    return f"{words.count('strategy.actions', count)} ({where})"


def _priority(context: Context, row: dict[str, Any], tree: ledger.Tree, found: str) -> ledger.Row:
    words = context.words
    objectives = tree.get(row["objective_id"], [])
    # Priority 5 carries 6.1 to 6.3: where the two numberings part, it is said.
    apart = any(not item["code"].startswith(f"{row['code']}.") for item in objectives)
    codes = words.listing([item["code"] for item in objectives])
    return ledger.Row(
        over=words("strategy.priority_number", number=row["code"]),
        head=row[f"label_{words.language}"],
        notes=(row["title"], words("strategy.numbered_apart", codes=codes) if apart else ""),
        body="".join(
            _objective(context, item, tree.get(item["objective_id"], []), found) for item in objectives
        ),
    )


def _objective(context: Context, row: dict[str, Any], actions: ledger.Records, found: str) -> str:
    words = context.words
    names = [item["objective_id"] for item in actions]
    items = [
        ledger.found(escape(item[f"label_{words.language}"]), item["objective_id"] == found)
        for item in actions
    ]
    official = f'<p class="note" lang="fr">{escape(row["title"])}</p>'
    return ledger.fold(
        row["code"],
        row[f"label_{words.language}"],
        words.count("strategy.actions", len(actions)),
        official + ledger.listing(items, numbered=True),
        opened=found == row["objective_id"] or found in names,
    )
