"""The identity card as a table and a file: the same figures, in the reader's words, flows included."""

from __future__ import annotations

from typing import Any

import pandas
import streamlit

from pages.components import flow_card
from pages.components.cards import written
from pages.components.context import Context
from pages.components.flags import meaning
from warehouse.queries import flows
from warehouse.queries.key_figures import Card
from warehouse.result import Indicator, Result, distinct

TABLES_KEPT = 500


def result(context: Context, card: Card) -> Result:
    """One row an indicator and a side, and the cross-border workers of both directions.

    Beside the raw columns, those a reader sees: indicator_label, side_label, figure, where, state.
    """
    return _result(context.look, context, card)


@streamlit.cache_resource(max_entries=TABLES_KEPT, show_spinner=False)
def _result(look: tuple[object, ...], _context: Context, _card: Card) -> Result:
    """The table, kept under `look`: the same card is told once for all readers."""
    context, card = _context, _card
    crossing = flows.headline_flow(context.territory.territory_id)
    indicators = {item.indicator_id: item for item in card.figures.indicators}
    rows = [
        _row(context, row, indicators[row["indicator_id"]]) for row in card.figures.frame.to_dict("records")
    ]
    rows += [_flow(context, row, crossing.indicator) for row in crossing.frame.to_dict("records")]
    ranks = {item.indicator_id: item.headline for item in (*indicators.values(), crossing.indicator)}
    rank = {name: ranks[item.stands_in_for or name] or 0 for name, item in indicators.items()}
    rank[crossing.indicator.indicator_id] = crossing.indicator.headline or 0
    rows.sort(key=lambda row: (rank[row["indicator_id"]], row["side"] != "french"))
    return Result(
        frame=pandas.DataFrame(rows),
        indicators=(*card.figures.indicators, crossing.indicator),
        sources=distinct((*card.figures.sources, *crossing.sources)),
        caveats=distinct((*card.figures.caveats, *crossing.caveats)),
    )


def columns(context: Context) -> dict[str, str]:
    """What the table shows, in this order, under these headers."""
    words = context.words
    return {
        "indicator_label": words("column.indicator"),
        "side_label": words("column.side"),
        "figure": words("column.figure"),
        "where": words("column.where"),
        "period": words("column.period"),
        "state": words("column.state"),
        "producer": words("column.producer"),
    }


def _row(context: Context, row: dict[str, Any], indicator: Indicator) -> dict[str, Any]:
    words = context.words
    told = written(context, row, indicator)
    is_told = row["form"] != "none"
    return row | {
        "indicator_label": words.of(indicator.label),
        "side_label": context.side_name(row["side"]),
        "figure": told.figure,
        "where": told.where,
        "state": meaning(row["status"], words) if is_told else words(f"state.{row['reason']}"),
        "producer": None,
    }


def _flow(context: Context, row: dict[str, Any], indicator: Indicator) -> dict[str, Any]:
    words = context.words
    side = flow_card.COLUMN[row["direction"]]
    known = row["state"] == "value"
    return {
        "indicator_id": indicator.indicator_id,
        "side": side,
        "form": "value" if known else "none",
        "period": row["period"] if known else None,
        "value": row["value"],
        "status": row["status"] if known else None,
        "flag_raw": row["flag_raw"] if known else None,
        "indicator_label": words.of(indicator.label),
        "side_label": context.side_name(side),
        "figure": words.number(row["value"]) if known else "",
        "where": flow_card.journey(context, row) if known else "",
        "state": row[f"definition_{words.language}"] if known else words(f"state.{row['state']}"),
        "producer": row["producer"] if known else None,
    }
