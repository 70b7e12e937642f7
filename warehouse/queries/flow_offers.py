"""What can be asked of the flows of a border: sources, years, levels; what it opens with, what nobody saw."""

from __future__ import annotations

from dataclasses import dataclass

import pandas

from warehouse import store
from warehouse.queries.flow_map import LEVELS, Selection

# What a page opens with is drawn at once; a level with more flows is a choice.
MOST_AT_FIRST = 3000
UNNAMED = "source_not_given"
# Between two sources, one of the last years before one that says more about long ago.
RECENT_YEARS = 10

OFFERS = """
SELECT border, source_id, any_value(definition_id) AS definition_id, any_value(dataset_id) AS dataset_id,
       period, level,
       count(*) FILTER (role = 'shown' AND direction = 'out') AS flows_out,
       count(*) FILTER (role = 'shown' AND direction = 'in') AS flows_in,
       coalesce(sum(value) FILTER (role = 'shown'), 0) AS workers_shown,
       coalesce(sum(value) FILTER (is_outermost), 0) AS workers
FROM flow_at
WHERE direction IN ('out', 'in') AND (with_press IS NULL OR with_press = $with_press)
GROUP BY border, source_id, period, level
ORDER BY border, source_id, period, level
"""


@dataclass(frozen=True)
class Observed:
    """One direction in one source: observed that year, in other years, or by other sources only."""

    is_observed: bool
    other_periods: tuple[str, ...]
    other_sources: tuple[str, ...]  # the one with the latest figure first


@store.remembered
def offers(with_press: bool = False) -> pandas.DataFrame:
    """What can be asked for: a row a border, source, period and level, with what it shows."""
    return store.query(OFFERS, {"with_press": with_press})


@store.remembered
def best(border: str, with_press: bool = False, definition_id: str | None = None) -> Selection | None:
    """What a border opens with: of the last years, the source, year and level that say most; None: no flow.

    Of one definition, or of all: a named source, both directions, most flows that can be drawn at once, the
    finest level, the latest year.
    """
    known = offers_at(border, with_press)
    if definition_id is not None:
        known = known[known["definition_id"] == definition_id]
    if known.empty:
        return None
    newest = int(known["period"].max()[:4])
    recent = known[known["period"].str[:4].astype(int) > newest - RECENT_YEARS]
    count = recent["flows_out"] + recent["flows_in"]
    ranked = recent.assign(
        named=recent["definition_id"] != UNNAMED,
        both=(recent["flows_out"] > 0) & (recent["flows_in"] > 0),
        drawn=count.where(count <= MOST_AT_FIRST, 0),
        fineness=recent["level"].map(LEVELS.index),
    ).sort_values(
        ["named", "both", "drawn", "fineness", "period", "source_id"], ascending=False, kind="stable"
    )
    row = ranked.iloc[0]
    return Selection(border, row["source_id"], row["period"], row["level"], with_press=with_press)


@store.remembered
def offers_at(border: str, with_press: bool = False) -> pandas.DataFrame:
    """What can be asked for at one border."""
    known = offers(with_press)
    return known[known["border"] == border]


@store.remembered
def added_by_press(border: str, source_id: str) -> int:
    """Flows of a border and a source that the press adds, each period at the level that has most of them."""
    counts = []
    for with_press in (True, False):
        known = offers_at(border, with_press)
        own = known[known["source_id"] == source_id]
        counts.append(own.groupby("period")[["flows_out", "flows_in"]].max().sum(axis=1))
    with_it, without = counts
    return int((with_it - without.reindex(with_it.index, fill_value=0)).clip(lower=0).sum())


def observed(selection: Selection) -> dict[str, Observed]:
    """For `out` and `in`: whether the source of a selection says anything, this year or another.

    A source that counts one side only has no zero on the other: nobody looked.
    """
    return _observed(selection.border, selection.source_id, selection.period, selection.with_press)


@store.remembered
def _observed(border: str, source_id: str, period: str, with_press: bool) -> dict[str, Observed]:
    own = offers_at(border, with_press)
    found: dict[str, Observed] = {}
    for way in ("out", "in"):
        counted = own[own[f"flows_{way}"] > 0]
        periods = sorted(set(counted.loc[counted["source_id"] == source_id, "period"]))
        others = counted[counted["source_id"] != source_id].sort_values("period", kind="stable")
        found[way] = Observed(
            is_observed=period in periods,
            other_periods=tuple(periods),
            other_sources=tuple(dict.fromkeys(reversed(list(others["source_id"])))),
        )
    return found


@store.remembered
def is_published_only() -> bool:
    """Whether the build has no whole file of flows: then communes are not there yet."""
    return not offers(with_press=False)["source_id"].str.contains("@").any()
