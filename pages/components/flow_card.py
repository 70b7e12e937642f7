"""The row of the identity card that counts people who cross the border to work, in both directions."""

from __future__ import annotations

from html import escape
from typing import Any

from pages.components import cards
from pages.components.context import Context
from warehouse.queries import flows

# What a source prints before a figure that is neither exact nor rounded.
PRINTED = {"plus de": "more_than", "moins de": "less_than"}

# A flow leaves one side: it stands in the column of the side where the workers live.
COLUMN = {"french_to_other": "french", "other_to_french": "other"}


def section(context: Context) -> str:
    """HTML of the row; each side says from where to where: ends are often larger than the place chosen."""
    result = flows.headline_flow(context.territory.territory_id)
    rows = result.frame.to_dict("records")
    known = [row for row in rows if row["state"] == "value"]
    definitions = {row[f"definition_{context.words.language}"] for row in known}
    producers = sorted({row["producer"] for row in known})
    note = [escape(" · ".join(producers))]
    if len(definitions) > 1:
        note.append(escape(context.words("flow.careful")))
    return cards.section(
        context.words.of(result.indicator.label),
        _side(context, [row for row in rows if COLUMN[row["direction"]] == "french"]),
        _side(context, [row for row in rows if COLUMN[row["direction"]] == "other"]),
        " · ".join(part for part in note if part),
    )


def journey(context: Context, row: dict[str, Any]) -> str:
    """`environ, Belgique → Hauts-de-France`: how the figure was printed, from where to where."""
    words = context.words
    key = f"flow.{PRINTED.get(row['flag_raw'], row['reliability'])}"
    printed = f"{words(key)} " if key in words else ""
    return f"{printed}{row[f'origin_{words.language}']} → {row[f'destination_{words.language}']}"


def _side(context: Context, rows: list[dict[str, Any]]) -> str:
    """The figure of a side, or one a country where the other side lies in several."""
    return "".join(_figure(context, row) for row in rows)


def _figure(context: Context, row: dict[str, Any]) -> str:
    words = context.words
    if row["state"] != "value":
        return cards.figure(words(f"state.{row['state']}"), "", "none")
    period = words.period(row["period"])
    dated = words("flow.assumed", period=period) if row["period_assumed"] else period
    note = f"{journey(context, row)} · {dated}"
    return cards.figure(words.number(row["value"]), escape(note))
