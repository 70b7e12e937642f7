"""How fresh each dataset is: edition, age, the next one due, what the last attempt to fetch it came to."""

from __future__ import annotations

from typing import Any

import pandas
import streamlit

from pages.components import tables
from pages.components.context import Context
from warehouse.freshness import freshness

# What is said of what was never asked for, by how its next edition comes.
NEVER_ASKED = {"refresh": "never", "fetch": "fetched", "file": "brought", "hand": "transcribed"}


def show(context: Context) -> None:
    """The table, what failed first, and the same as files."""
    words = context.words
    whole = freshness()
    rows = sorted(whole.frame.to_dict("records"), key=lambda row: row["outcome"] != "failed")
    shown = whole.with_frame(
        pandas.DataFrame(
            {
                words("column.provider"): [row["provider"] for row in rows],
                words("column.title"): [row[f"title_{words.language}"] for row in rows],
                words("column.refresh_state"): [_state(context, row) for row in rows],
                words("column.vintage"): [row["vintage"] for row in rows],
                words("column.age_days"): pandas.array([row["age_days"] for row in rows], dtype="Int64"),
                words("column.next_edition"): [_next(context, row["next_edition"]) for row in rows],
                words("column.last_attempt"): [_day(context, row["last_attempt"]) for row in rows],
                words("column.last_success"): [_day(context, row["last_success"]) for row in rows],
                words("column.rows"): pandas.array([row["rows"] for row in rows], dtype="Int64"),
                words("column.dataset"): [row["dataset_id"] for row in rows],
            }
        )
    )
    streamlit.subheader(words("method.freshness"), anchor=False)
    streamlit.caption(words("method.freshness_note"))
    tables.show(context, shown)
    with streamlit.container(horizontal=True, key="actions-freshness"):
        tables.downloads_of(context, shown, "methode-actualite")


def _state(context: Context, row: dict[str, Any]) -> str:
    words = context.words
    if row["outcome"] == "failed":
        return words(f"refresh_state.failed_{row['family'] or 'try_again'}")
    if row["origin"] == "not_loaded":
        return words(f"refresh_state.{'by_hand' if row['next_comes'] == 'fetch' else 'not_loaded'}")
    if not _is_missing(row["outcome"]):
        return words("refresh_state.good")
    return words(f"refresh_state.{NEVER_ASKED[row['next_comes']]}")


def _day(context: Context, moment: Any) -> str:
    return "–" if _is_missing(moment) else context.words.date(moment)


def _next(context: Context, day: Any) -> str:
    return "–" if _is_missing(day) else context.words.month(day)


def _is_missing(value: Any) -> bool:
    return value is None or bool(pandas.isna(value))
