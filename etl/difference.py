"""What changed between two editions of a dataset, figure by figure, and what a change makes suspect."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from etl.codes import as_text
from etl.errors import WrongRequest
from etl.feeds.fed import Fed

FIGURE = ("value", "status")  # what is published of a key
BESIDE = ("period_start", "confidential", "flag_raw", "reliability", "dataset_id", "row")
CHANGE = "change"  # new | gone | revised
LEAST_SHARE = 0.5  # of the former rows: with fewer the file is taken for a cut one


def difference(before: Fed, after: Fed) -> Mapping[str, pd.DataFrame]:
    """By table the keys that came, went or were revised; a table without any is left out.

    Columns: `change`, the key, then value and status before and after where the table has them.
    """
    tables = dict.fromkeys([*before.tables, *after.tables])
    empty = pd.DataFrame()
    found = {
        table: _changes(before.tables.get(table, empty), after.tables.get(table, empty)) for table in tables
    }
    return {table: changes for table, changes in found.items() if len(changes)}


def _changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    if before.empty or after.empty:
        only = after if before.empty else before
        key = [column for column in only.columns if column not in (*FIGURE, *BESIDE)]
        return only[key].assign(**{CHANGE: "new" if before.empty else "gone"})
    shared = [column for column in after.columns if column in before.columns and column not in BESIDE]
    key = [column for column in shared if column not in FIGURE]
    figure = [column for column in shared if column in FIGURE]
    both = as_text(before[shared]).merge(
        as_text(after[shared]), on=key, how="outer", suffixes=("_before", "_after"), indicator=CHANGE
    )
    both[CHANGE] = both[CHANGE].map({"left_only": "gone", "right_only": "new", "both": "revised"}).astype(str)
    is_same = both[CHANGE] == "revised"
    for column in figure:
        old, new = both[f"{column}_before"], both[f"{column}_after"]
        is_same &= (old == new) | (old.isna() & new.isna())
    paired = [f"{column}_{side}" for column in figure for side in ("before", "after")]
    return both.loc[~is_same, [CHANGE, *key, *paired]].reset_index(drop=True)


def refuse_a_loss(before: Fed, after: Fed) -> None:
    """Raise WrongRequest where rows fell by half or a territory lost every figure of an indicator."""
    remedy = "look at the file; if it is right, run `python -m etl refresh --accept DATASET`"
    had, has = _rows(before), _rows(after)
    if has < had * LEAST_SHARE:
        raise WrongRequest(f"it has {has:,} rows where there were {had:,}", remedy)
    gone = _territories(before) - _territories(after)
    if gone:
        places = sorted({territory for _, territory in gone})
        indicators = sorted({indicator for indicator, _ in gone})
        raise WrongRequest(
            f"{len(places)} territories lost every figure of {', '.join(indicators[:3])}: "
            f"{', '.join(places[:8])}{' …' if len(places) > 8 else ''}",
            remedy,
        )


def _rows(fed: Fed) -> int:
    return sum(len(rows) for rows in fed.tables.values())


def _territories(fed: Fed) -> set[tuple[str, str]]:
    """(indicator, territory) of every observed value."""
    rows = fed.tables.get("observation")
    if rows is None or rows.empty:
        return set()
    held = rows.loc[rows["value"].notna(), ["indicator_id", "territory_id"]].drop_duplicates()
    return set(held.itertuples(index=False, name=None))
