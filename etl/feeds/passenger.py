"""Figures of two places, one row a pair → table `passenger_flow`: across borders, under codes of today."""

from __future__ import annotations

import pandas as pd

from etl.codes import as_text, stacked
from etl.declaration import Dataset
from etl.errors import WrongRequest
from etl.feeds.fed import Fed, LeftOut, left_out, rejected
from etl.feeds.observation import read_figures
from etl.feeds.rows import distinct, require_columns
from etl.harmonise import Places

COLUMNS = (
    "indicator_id", "origin_id", "destination_id", "period", "reported_by", "value", "status",
    "confidential", "flag_raw", "origin_code", "destination_code", "dataset_id",
)  # fmt: skip
KEY = ["indicator_id", "origin_id", "destination_id", "period", "reported_by"]


def feed(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    """Figures from the [places] column to that of `towards`; the facet `other` is the country that reports.

    An end under a code of an older edition is the territory of today that the code lies in. Raises
    WrongRequest with the row at fault.
    """
    rule, period = dataset.places, dataset.period
    if rule is None or period is None or rule.towards is None:
        raise WrongRequest("figures of two places need both", "write [places] with `towards`, and [period]")
    require_columns(frame, [rule.column, rule.towards, period.column, "OBS_VALUE", "OBS_FLAG"])
    figures = stacked([read_figures(indicator, period, frame) for indicator in dataset.indicators])
    ends = as_text(frame[[rule.column, rule.towards]].set_axis(["origin", "destination"], axis="columns"))
    for name, codes in ends.items():
        found = distinct(frame, codes, lambda code: places.today(rule.scheme, code))
        figures[f"{name}_id"] = found.coded(lambda place: place)
        figures[f"{name}_code"] = codes
    pairs = figures.assign(
        code=ends["origin"] + " → " + ends["destination"],
        is_inside=ends["origin"].str[:2] == ends["destination"].str[:2],
        reported_by=figures["other"],
        dataset_id=dataset.dataset_id,
    )
    is_placed = pairs["origin_id"].notna() & pairs["destination_id"].notna()
    across = pairs[is_placed & ~pairs["is_inside"]]
    is_superseded = _says_less(across)
    return Fed(
        {"passenger_flow": across.loc[~is_superseded, list(COLUMNS)]},
        rejected(dataset.dataset_id, _left_out(pairs, is_placed, across[is_superseded])),
    )


def _says_less(across: pd.DataFrame) -> pd.Series[bool]:
    """Which rows the code of another edition makes needless: a value says more than a confidential cell, and
    that more than an empty one. Two values of one cell both stay, and break a rule.
    """
    said = across["value"].notna() * 2 + across["confidential"]
    most = said.groupby([across[name] for name in KEY]).transform("max")
    is_told_before = across.assign(said=said).duplicated([*KEY, "said"]) & across["value"].isna()
    return (said < most) | is_told_before


def _left_out(pairs: pd.DataFrame, is_placed: pd.Series[bool], again: pd.DataFrame) -> list[LeftOut]:
    inside = pairs[pairs["is_inside"]]
    unplaced = pairs[~pairs["is_inside"] & ~is_placed]
    return [
        *left_out(inside["code"].str[:2], "outside_scope", "both ends lie in one country"),
        *left_out(unplaced["code"], "not_carried", "an end makes up no territory of today"),
        *left_out(again["code"], "superseded", "a code of another edition says more"),
    ]
