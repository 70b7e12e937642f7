"""Figures under the codes of an older edition → the territories of today, only where nothing is guessed.

A territory is made up, in one edition, of the codes that lie in it. A count or an amount is carried when all
of them lie in it entirely and all of them have a value: the sum. A rate is carried when there is exactly one.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from etl.codes import as_text
from etl.feeds.fed import LeftOut, left_out
from etl.harmonise import STRONGEST_FIRST, WHOLE

CELL = ["indicator_id", "period", "sex", "age", "other"]  # with a territory, the key of an observation
KEY = [*CELL, "territory_id"]


def carry(
    direct: pd.DataFrame, former: pd.DataFrame, parts: pd.DataFrame
) -> tuple[pd.DataFrame, list[LeftOut]]:
    """Observations of today's territories out of `former`, and the rows of `former` that did not become one.

    `direct` are the figures under current codes: where it holds a value, nothing is carried, unless that code
    was only one part of the territory and the others are there too, as Antwerpen before Borsbeek joined it.
    `parts` is Places.former_parts of the scheme. The newest edition that makes up a territory wholly is used.
    """
    former = as_text(former)
    touched = parts.loc[parts["code"].isin(former["code"].unique()), "territory_id"].unique()
    parts = parts[parts["territory_id"].isin(touched)]
    direct = as_text(direct[direct["territory_id"].isin(touched)])
    carried = []
    used: set[int] = set()
    beaten: set[int] = set()
    done = _cells(former.iloc[:0])
    has_own_value = _cells(direct[direct["value"].notna()])
    tried: set[frozenset[tuple[str, str, float]]] = set()
    for vintage in sorted(parts["vintage"].unique(), reverse=True):
        of_edition = parts[parts["vintage"] == vintage]
        made_of = frozenset(
            zip(of_edition["code"], of_edition["territory_id"], of_edition["share"], strict=True)
        )
        if made_of in tried:  # a newer edition in which nothing was different
            continue
        tried.add(made_of)
        candidates = _making_up_a_territory(direct, former, of_edition)
        cells = _cells(candidates)
        is_beaten = cells.isin(done) | (cells.isin(has_own_value) & ~candidates["extends_current"])
        beaten.update(candidates.loc[is_beaten, "source"])
        winners = candidates[~is_beaten]
        if len(winners):
            used.update(winners["source"])
            carried.append(_added_up(winners))
            done = done.append(_cells(carried[-1]))
    return pd.concat(carried or [former.iloc[:0]]), _left_out(former, used, beaten - used)


def _cells(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[KEY])


def _making_up_a_territory(direct: pd.DataFrame, former: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """The rows with a value that make up a territory together with others of their cell.

    `source` is their index; `extends_current` says that the territory's code of today is one of the parts.
    """
    of_territory = parts.groupby("territory_id").agg(needed=("code", "nunique"), least=("share", "min"))
    whole = parts.merge(of_territory[of_territory["least"] >= WHOLE], on="territory_id")
    by_former = _valued(former).drop(columns="territory_id").merge(whole, on="code")
    by_current = _valued(direct).merge(whole[whole["needed"] > 1], on=["code", "territory_id"])
    rows = pd.concat([by_former.assign(is_current=False), by_current.assign(is_current=True)])
    cells = rows.groupby(KEY)
    rows["extends_current"] = cells["is_current"].transform("any")
    is_complete = cells["code"].transform("nunique") == rows["needed"]
    can_be_added = (rows["kind"] != "rate") | (rows["needed"] == 1)
    return rows[is_complete & can_be_added]


def _valued(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["value"].notna()].reset_index(names="source")


def _added_up(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a cell: that of the only code, or the sum of several."""
    is_alone = rows["needed"] == 1
    several = (
        rows[~is_alone]
        .groupby(KEY, as_index=False)
        .agg(
            value=("value", "sum"),
            period_start=("period_start", "first"),
            status=("status", strongest),
            confidential=("confidential", "any"),
            flag_raw=("flag_raw", every_letter),
            code=("code", "+".join),
            row=("row", "first"),
        )
    )
    return pd.concat([rows.loc[is_alone, several.columns], several])


def strongest(statuses: Iterable[str]) -> str:
    """The one status that stands for several figures added up."""
    return min(statuses, key=STRONGEST_FIRST.index)


def every_letter(flags: Iterable[str]) -> str:
    """The letters of several flags, each once."""
    return "".join(dict.fromkeys("".join(flags)))


def _left_out(former: pd.DataFrame, used: set[int], beaten: set[int]) -> list[LeftOut]:
    is_beaten, is_used = former.index.isin(beaten), former.index.isin(used)
    is_missing = former["value"].isna() & ~is_beaten
    codes = former["code"]
    return [
        *left_out(codes[is_beaten], "superseded", "the current code of the territory has its own value"),
        *left_out(codes[is_missing], "not_carried", "a code of an older edition, without a value"),
        *left_out(
            codes[~is_beaten & ~is_missing & ~is_used],
            "not_carried",
            "a code of an older edition that makes up no territory",
        ),
    ]
