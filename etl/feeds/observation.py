"""One figure a row → table `observation`: an indicator, a territory, a period, a value with its status."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from etl.codes import recoded, repeated, stacked
from etl.declaration import FACETS, Dataset, Indicator, PeriodRule, PlaceRule
from etl.errors import WrongRequest
from etl.feeds.carry import CELL, KEY, carry
from etl.feeds.fed import Fed, LeftOut, left_out, rejected
from etl.feeds.rows import distinct, numbers, require_columns, require_unique
from etl.harmonise import Places, Standing, read_flag, read_period

TOTALS = frozenset({"T", "TOTAL", "_T"})  # how providers write the total of a facet
COLUMNS = (
    "indicator_id", "territory_id", "period", "period_start", "sex", "age", "other",
    "value", "status", "confidential", "flag_raw", "dataset_id",
)  # fmt: skip


class Placed(NamedTuple):
    """The figures of our territories, and what did not become one."""

    figures: pd.DataFrame
    left_out: list[LeftOut]


def feed(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    """Observations of every indicator the dataset declares.

    Raises WrongRequest, with the row at fault where there is one: a column that is not there, an indicator
    without rows, an unknown flag, period, number or territory code, a key that occurs twice, a value out of
    bounds.
    """
    if dataset.places is None or dataset.period is None:
        raise WrongRequest("observations need a place and a period", "write [places] and [period]")
    require_columns(frame, [dataset.places.column, dataset.period.column, "OBS_VALUE", "OBS_FLAG"])
    figures = stacked([read_figures(indicator, dataset.period, frame) for indicator in dataset.indicators])
    figures["code"] = frame[dataset.places.column]
    placed = _place(figures.reset_index(drop=True), dataset.places, places)
    observations = placed.figures.assign(dataset_id=dataset.dataset_id)[list(COLUMNS)]
    return Fed({"observation": observations}, rejected(dataset.dataset_id, placed.left_out))


def read_figures(indicator: Indicator, period: PeriodRule, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of one indicator, understood but not yet placed; the index is that of `frame`."""
    rows = select(indicator, frame)
    periods = distinct(rows, rows[period.column], lambda text: read_period(text, period.form))
    values = numbers(rows, rows["OBS_VALUE"])
    flags = distinct(rows, [rows["OBS_FLAG"], values.isna()], read_flag)
    figures = pd.DataFrame(
        {
            "indicator_id": repeated(indicator.head.indicator_id, rows.index),
            "kind": repeated(indicator.head.kind, rows.index),
            "period": periods.coded(lambda each: each.period),
            "period_start": periods.column(lambda each: each.start, "datetime64[s]"),
            "value": values,
            "status": flags.coded(lambda each: each.status),
            "confidential": flags.where(lambda each: each.confidential),
            "flag_raw": rows["OBS_FLAG"],
            "row": rows["row"],
        },
        index=rows.index,
    )
    figures = figures.assign(**read_facets(indicator, rows))
    require_bounds(indicator, figures)
    return figures


def read_facets(indicator: Indicator, rows: pd.DataFrame) -> dict[str, pd.Series[str]]:
    """sex, age and other of each row, the total written `_T`."""
    facets = {}
    for facet in FACETS:
        if facet in indicator.facets:
            column = rows[indicator.facets[facet]]
            facets[facet] = recoded(column, lambda texts: texts.mask(texts.isin(TOTALS), "_T"))
        else:
            facets[facet] = repeated("_T", rows.index)
    return facets


def select(indicator: Indicator, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows whose columns hold what the indicator asks for; each value asked for must occur."""
    name = indicator.head.indicator_id
    require_columns(frame, [*indicator.where, *indicator.facets.values()])
    is_selected = pd.Series(True, index=frame.index)
    for column, wanted in indicator.where.items():
        for value in wanted:
            if not (frame[column] == value).any():
                seen = sorted(frame[column].unique())[:12]
                raise WrongRequest(
                    f"indicator {name} asks for {column} = {value!r}, which no row holds",
                    f"correct its `where` or [keep]: the column holds {seen}",
                )
        is_selected &= frame[column].isin(wanted)
    if not is_selected.any():
        raise WrongRequest(f"indicator {name} selects no row", "correct its `where` or [keep]")
    return frame[is_selected]


def require_bounds(indicator: Indicator, figures: pd.DataFrame) -> None:
    head = indicator.head
    too_low = figures["value"] < (head.minimum if head.minimum is not None else float("-inf"))
    too_high = figures["value"] > (head.maximum if head.maximum is not None else float("inf"))
    faulty = figures[too_low | too_high]
    if len(faulty):
        first = faulty.iloc[0]
        raise WrongRequest(
            f"{head.indicator_id} = {first['value']:g} is outside {head.minimum} to {head.maximum}",
            "look at the source; if the value is right, widen `minimum` or `maximum`",
            row=int(first["row"]),
        )


def _filled(direct: pd.DataFrame, carried: pd.DataFrame) -> pd.DataFrame:
    """What was carried fills the cell that the current code leaves empty."""
    is_touched = direct["territory_id"].isin(carried["territory_id"])
    both = stacked([direct[is_touched], carried]).drop_duplicates(KEY, keep="last")
    return stacked([direct[~is_touched], both])


def _place(figures: pd.DataFrame, rule: PlaceRule, places: Places) -> Placed:
    """Figures by territory: direct under the current code, else carried from codes of an older edition."""
    resolved = distinct(figures, figures["code"], lambda code: places.resolve(rule.scheme, code))
    figures = figures.assign(territory_id=resolved.coded(lambda place: place.territory_id))

    def standing(wanted: Standing) -> pd.DataFrame:
        return figures[resolved.where(lambda place: place.standing is wanted)]

    direct, former = standing(Standing.CURRENT), standing(Standing.FORMER)
    require_unique(direct, KEY)
    require_unique(former, [*CELL, "code"])
    carried, not_carried = carry(direct, former, places.former_parts(rule.scheme))
    filled = _filled(direct, carried)
    territories = filled["territory_id"].unique()
    of_level = [each for each in territories if rule.level in (None, places.level(each))]
    is_kept = filled["territory_id"].isin(of_level)
    abroad = standing(Standing.OUTSIDE_SCOPE)
    no_place = standing(Standing.NOT_A_TERRITORY)
    groups = [
        *left_out(no_place["code"], "not_a_territory", "the code names no territory"),
        *left_out(abroad["code"], "outside_scope", "its country is not held"),
        *left_out(filled.loc[~is_kept, "code"], "outside_scope", f"its level is not {rule.level}"),
        *not_carried,
    ]
    return Placed(filled[is_kept], groups)
