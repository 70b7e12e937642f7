"""Figures on a map and over time. Rows named in comments are those of the provider's file."""

from __future__ import annotations

import pandas
import pytest

from tests.warehouse.small_database import SmallDatabase
from warehouse.queries import observations, places
from warehouse.queries.catalogue import UnknownIndicator

on_real_figures = pytest.mark.usefixtures("warehouse")

BOTH = ("FR", "BE")
UNEMPLOYMENT = "unemployment_rate_15_74"
LOCALISED = "unemployment_rate_localised"


def _states(indicator_id: str, period: str, level: str) -> dict[str, str]:
    frame = observations.at_period(indicator_id, period, level, BOTH).frame
    return dict(zip(frame["territory_id"], frame["state"], strict=True))


def test_six_states_are_told_apart_on_one_map(planted: SmallDatabase) -> None:
    planted.declare("rate", provider="france")
    planted.observe("rate", "FRX11", "2025", 7.5)
    planted.observe("rate", "FRX12", "2025", 0.0)
    planted.observe("rate", "FRX13", "2025", None, flag_raw=":")
    planted.observe("rate", "FRX14", "2025", None, confidential=True, flag_raw="c")
    assert _states("rate", "2025", "nuts3") == {
        "FRX11": "value",
        "FRX12": "zero",
        "FRX13": "missing",
        "FRX14": "confidential",
        "FRX15": "not_loaded",
        "BEX11": "not_observed",
        "BEX12": "not_observed",
        "BEX21": "not_observed",
    }


def test_a_provider_of_every_country_leaves_nobody_unobserved(planted: SmallDatabase) -> None:
    planted.declare("rate", provider="everywhere")
    planted.observe("rate", "FRX11", "2025", 7.5)
    states = _states("rate", "2025", "nuts3")
    assert states.pop("FRX11") == "value"
    assert set(states.values()) == {"not_loaded"}


def test_a_rate_we_compute_is_observed_where_its_numerator_is(planted: SmallDatabase) -> None:
    planted.declare("income", provider="belgium", kind="amount", headline=None)
    planted.declare("declarations", provider="belgium", kind="count", headline=None)
    planted.declare("mean", "observatoire", numerator_id="income", denominator_id="declarations", scale=1.0)
    planted.observe("mean", "BEX11", "2013", 25000.0)
    states = _states("mean", "2013", "nuts3")
    assert (states["BEX11"], states["BEX12"], states["FRX11"]) == ("value", "not_loaded", "not_observed")


def test_the_figure_of_women_is_not_drawn_as_that_of_everybody(planted: SmallDatabase) -> None:
    planted.declare("rate")
    planted.observe("rate", "FRX11", "2025", 7.5)
    planted.observe("rate", "FRX12", "2025", 6.0, sex="F")
    assert _states("rate", "2025", "nuts3")["FRX12"] == "not_loaded"
    assert list(observations.series("rate", ["FRX12"]).frame["value"]) == []
    assert list(observations.values_of("rate", "nuts3")) == [7.5]


def test_a_period_or_level_known_for_women_only_is_not_offered(planted: SmallDatabase) -> None:
    planted.declare("rate")
    planted.observe("rate", "FRX11", "2025", 7.5)
    planted.observe("rate", "FRX1", "2024", 6.0, sex="F")
    planted.observe("rate", "FRX12", "2023", None)
    assert observations.periods("rate") == ("2025",)
    assert observations.levels("rate") == ("nuts3",)


def test_equal_figures_share_a_rank_and_missing_ones_have_none(planted: SmallDatabase) -> None:
    planted.declare("rate")
    planted.observe_all("rate", "2025", {"FRX11": 5.0, "FRX12": 9.0, "FRX13": 9.0})
    planted.observe("rate", "FRX14", "2025", None)
    frame = observations.at_period("rate", "2025", "nuts3", BOTH).frame.set_index("territory_id")
    assert list(frame.loc[["FRX11", "FRX12", "FRX13"], "rank"]) == [3, 1, 1]
    assert pandas.isna(frame.loc["FRX14", "rank"])
    assert set(frame["ranked"]) == {3}


@on_real_figures
def test_the_map_of_2025_carries_the_figures_and_letters_of_eurostat() -> None:
    """tgs00010 (excerpt of border rows) lines 33, 13 and 11, last column: `9.0 d`, `9.0`, `3.0`."""
    frame = observations.at_period(UNEMPLOYMENT, "2025", "nuts2", BOTH).frame.set_index("territory_id")
    figures = frame.loc[["FRE1", "BE32", "BE25"], ["value", "status", "flag_raw"]]
    assert figures.to_numpy().tolist() == [[9.0, "D", "d"], [9.0, "A", ""], [3.0, "A", ""]]
    assert frame.loc["FRB0", "state"] == "not_loaded"  # Centre-Val de Loire is not in the excerpt


@on_real_figures
def test_insee_does_not_observe_belgium() -> None:
    """chomage_localise_dep line 155: Nord, 2025, 10."""
    frame = observations.at_period(LOCALISED, "2025", "nuts3", BOTH).frame.set_index("territory_id")
    assert frame.loc["FRE11", "value"] == 10.0
    assert set(frame[frame["country"] == "BE"]["state"]) == {"not_observed"}
    assert frame.loc["FRM01", "state"] == "not_loaded"  # Corsica is published, and not in our extract


@on_real_figures
def test_a_cell_the_provider_leaves_empty_is_missing() -> None:
    """reg_area3.tsv line 1089: `: m` for Hauts-de-France in 2017."""
    frame = observations.at_period("area", "2017", "nuts1", BOTH).frame.set_index("territory_id")
    assert (frame.loc["FRE", "state"], frame.loc["FRE", "flag_raw"]) == ("missing", "m")
    assert frame.loc["BE2", "state"] == "value"


@on_real_figures
def test_a_result_carries_its_indicator_source_and_caveats() -> None:
    result = observations.at_period(UNEMPLOYMENT, "2025", "nuts2", BOTH)
    assert result.indicator.unit.fr == "pour cent"
    assert [source.dataset_id for source in result.sources] == ["tgs00010"]
    assert {caveat.caveat_id for caveat in result.caveats} == {"break_2021", "area_no_rate"}


@on_real_figures
def test_an_indicator_nobody_declared_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownIndicator, match="happiness"):
        observations.at_period("happiness", "2025", "nuts2", BOTH)


@on_real_figures
def test_a_series_is_whole_and_in_the_order_of_time() -> None:
    """tgs00010 line 13: Hainaut 2014 to 2025, breaks (b) in 2017 and 2021."""
    frame = observations.series(UNEMPLOYMENT, ["BE32"]).frame
    assert list(frame["period"]) == [str(year) for year in range(2014, 2026)]
    assert list(frame["value"]) == [14.4, 13.3, 11.8, 11.4, 10.0, 8.6, 8.3, 10.3, 10.5, 9.3, 8.7, 9.0]
    assert list(frame[frame["flag_raw"] == "b"]["period"]) == ["2017", "2021"]
    assert set(frame[frame["flag_raw"] == "b"]["status"]) == {"B"}


@on_real_figures
def test_a_quarterly_series_ends_with_the_last_quarter_of_the_workbook() -> None:
    """chomage-zone-t1-2003-t3-2023.xlsx, sheet txcho_ze, Lille: 8.7 in the first quarter, 7.2 in the last."""
    frame = observations.series("unemployment_rate_localised_zone", ["ZE3216"]).frame
    assert (frame["period"].iloc[0], frame["value"].iloc[0]) == ("2003-Q1", 8.7)
    assert (frame["period"].iloc[-1], frame["value"].iloc[-1]) == ("2023-Q3", 7.2)
    assert len(frame) == 83


@on_real_figures
def test_the_latest_period_is_never_after_the_year_asked_for() -> None:
    both = ["FRE1", "FRE2", "BE25", "BE32"]
    assert observations.latest(UNEMPLOYMENT, both) == "2025"
    assert observations.latest(UNEMPLOYMENT, both, "2019") == "2019"
    assert observations.latest(UNEMPLOYMENT, both, "2013") is None
    assert observations.latest("unemployment_rate_localised_zone", ["ZE3216"], "2022") == "2022-Q4"
    assert observations.latest(UNEMPLOYMENT, []) is None


def test_one_early_publisher_does_not_empty_the_map(planted: SmallDatabase) -> None:
    planted.declare("rate")
    planted.observe_all("rate", "2024", {"FRX11": 1.0, "FRX12": 2.0, "BEX11": 3.0, "BEX12": 4.0})
    planted.observe("rate", "FRX11", "2025", 1.5)
    assert observations.latest("rate", ["FRX11", "FRX12", "BEX11", "BEX12"]) == "2024"


def test_half_of_the_usual_territories_make_a_map(planted: SmallDatabase) -> None:
    planted.declare("rate")
    planted.observe_all("rate", "2024", {"FRX11": 1.0, "FRX12": 2.0, "BEX11": 3.0, "BEX12": 4.0})
    planted.observe_all("rate", "2025", {"FRX11": 1.5, "BEX11": 3.5})
    assert observations.latest("rate", ["FRX11", "FRX12", "BEX11", "BEX12"]) == "2025"


@on_real_figures
@pytest.mark.parametrize(
    ("indicator_id", "level"),
    [
        (UNEMPLOYMENT, "nuts2"),  # both sides: regions
        ("gdp_per_inhabitant", "nuts3"),  # both sides: departments and arrondissements
        (LOCALISED, "nuts3"),  # France alone, by department
        ("unemployment_rate_localised_zone", "employment_zone"),  # France alone, by employment zone
        ("fiscal_income_per_declaration", "municipality"),  # published no coarser
    ],
)
def test_the_finest_level_both_sides_have_is_the_one_drawn(indicator_id: str, level: str | None) -> None:
    interreg = places.sides("INTERREG-FWV")
    assert observations.best_level(indicator_id, interreg.french, interreg.other) == level


@on_real_figures
def test_a_territory_that_nothing_faces_is_drawn_alone() -> None:
    assert observations.best_level("gdp_per_inhabitant", ("FR",), ()) == "nuts3"
    assert observations.best_level(LOCALISED, (), ("BE",)) is None


@on_real_figures
def test_levels_go_from_the_coarsest_and_years_from_the_newest() -> None:
    assert observations.levels(UNEMPLOYMENT) == ("nuts2",)
    assert observations.levels("population")[0] == "country"
    assert observations.levels("population")[-1] == "nuts3"
    years = observations.years()
    assert list(years) == sorted(years, reverse=True)
    assert {"1999", "2025"} <= set(years)


@on_real_figures
def test_classes_are_cut_from_every_year_and_both_sides() -> None:
    values = observations.values_of(UNEMPLOYMENT, "nuts2")
    assert {14.4, 13.8, 2.5} <= set(values)  # BE32 2014, FRE1 2014, BE25 2021: tgs00010 lines 13, 33, 11
    assert list(values) == sorted(values)
    assert values.notna().all()
