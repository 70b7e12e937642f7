"""What can be observed at each border: on which side, at which level, from when to when, and why not."""

from __future__ import annotations

from typing import Any

import pandas
import pytest

from tests.warehouse.small_database import SmallDatabase
from warehouse.queries import coverage
from warehouse.queries.places import NEIGHBOURS

on_real_figures = pytest.mark.usefixtures("warehouse")
CELL = ["indicator_id", "border", "side", "level"]


def _cell(*cell: str) -> dict[str, Any]:
    frame = coverage.by_border().frame
    row: pandas.Series = frame.set_index(CELL).loc[cell]
    return dict(row)


@on_real_figures
def test_every_indicator_has_a_cell_for_each_border_side_and_level() -> None:
    frame = coverage.by_border().frame
    assert not frame.duplicated(CELL).any()
    indicators = frame["indicator_id"].nunique()
    assert len(frame) == indicators * len(frame.drop_duplicates(["border", "side", "level"]))
    assert set(frame["border"]) == set(coverage.borders()) == set(NEIGHBOURS)


@on_real_figures
def test_a_cell_says_from_when_to_when_and_for_how_many_territories() -> None:
    """tgs00010: the seven provinces of the areas, West-Vlaanderen to Namur and Wallonia, 2014 to 2025."""
    provinces = _cell("unemployment_rate_15_74", "BE", "other", "nuts2")
    assert (provinces["first_year"], provinces["last_year"]) == ("2014", "2025")
    assert provinces["territories"] == provinces["existing"] == 7
    assert provinces["figures"] == 7 * 12
    zones = _cell("unemployment_rate_localised_zone", "BE", "french", "employment_zone")
    assert (zones["first_year"], zones["last_year"], zones["state"]) == ("2003", "2023", "value")


@on_real_figures
def test_insee_measures_nobody_across_and_eurostat_no_principality() -> None:
    assert _cell("unemployment_rate_localised", "BE", "other", "nuts3")["state"] == "not_observed"
    assert _cell("population", "MC", "other", "country")["state"] == "not_observed"
    assert _cell("population", "AD", "other", "country")["state"] == "not_observed"


@on_real_figures
def test_a_national_office_of_a_third_country_does_not_concern_a_border() -> None:
    """The Swiss office measures Switzerland, Eurostat France and others, Statbel Belgium."""
    assert not _cell("cross_border_workers_entering", "AD", "other", "country")["concerns_border"]
    assert _cell("cross_border_workers_entering", "CH", "other", "municipality")["concerns_border"]
    assert _cell("population", "AD", "other", "country")["concerns_border"]
    assert not _cell("fiscal_income_per_declaration", "AD", "other", "country")["concerns_border"]
    assert _cell("fiscal_income_per_declaration", "BE", "french", "nuts3")["concerns_border"]


@on_real_figures
def test_a_flow_is_observed_at_its_own_border_on_the_side_where_the_workers_live() -> None:
    """Ten thousand residents of Belgium in Hauts-de-France say nothing of the border with Luxembourg."""
    frame = coverage.by_border().frame
    flows = frame[(frame["theme"] == "flows") & (frame["figures"] > 0)]
    belgian = flows[flows["border"] == "BE"]
    assert set(belgian["side"]) == {"french", "other"}
    assert _cell("cross_border_workers", "BE", "other", "country")["figures"] > 0
    # Residents of Switzerland who work in France: no publication counts them.
    assert _cell("cross_border_workers", "CH", "french", "nuts3")["state"] == "value"
    assert _cell("cross_border_workers", "CH", "other", "nuts3")["state"] == "not_observed"


def test_a_figure_that_is_not_there_says_why(planted: SmallDatabase) -> None:
    planted.declare("rate", "france")
    planted.observe("rate", "FRX11", "2024", 5.0)
    planted.observe("rate", "FRX12", "2025", None)
    planted.observe("rate", "FRX1", "2025", None)
    planted.declare("count", "everywhere")
    planted.observe("count", "BEX11", "2024", 5.0)
    states = coverage.by_border().frame.set_index(CELL)["state"]
    assert states["rate", "BE", "french", "nuts3"] == "value"
    assert states["rate", "BE", "french", "nuts2"] == "missing"
    assert states["rate", "BE", "french", "nuts1"] == "other_level"
    assert states["rate", "BE", "other", "nuts3"] == "not_observed"
    assert states["count", "BE", "french", "nuts3"] == "not_loaded"


def test_a_missing_figure_covers_nothing(planted: SmallDatabase) -> None:
    planted.declare("rate")
    planted.observe("rate", "FRX11", "2024", 5.0)
    planted.observe("rate", "FRX12", "2025", None)
    frame = coverage.by_border().frame
    (row,) = frame[frame["figures"] > 0].to_dict("records")
    assert (row["territories"], row["existing"], row["figures"], row["last_year"]) == (1, 2, 1, "2024")
