"""Every published figure of one flow. Rows are those of the source table, flows_published.csv."""

from __future__ import annotations

from itertools import pairwise

import pytest

from warehouse.queries import flow_sources, flows

pytestmark = pytest.mark.usefixtures("warehouse")


def test_france_to_belgium_is_measured_by_several_sources_and_none_is_dropped() -> None:
    """The census of 2021 is row 340; Inami's country figures are rows 82 to 87."""
    frame = flow_sources.compared("FR", "BE", "2021", kinds=flows.ALL_KINDS).frame
    values = frame.set_index("definition_id")["value"].to_dict()
    assert frame.iloc[0]["value"] == 46000
    assert bool(frame.iloc[0]["is_reference"])
    assert frame["is_reference"].sum() == 1
    assert values["census_25km"] == 35400  # row 204
    assert values["inami_workplace"] in (37726, 24000)
    assert (frame["period"] <= "2021").all()


def test_the_badge_of_the_census_and_the_insurance_gives_its_reasons() -> None:
    frame = flow_sources.compared("FR", "BE", "2021").frame
    (insured,) = frame[frame["comparable_group"] == "inami_in_be_country"].to_dict("records")
    assert insured["grade"] == "not_comparable"
    assert set(insured["reasons"]) == {"population", "workplace", "moment", "year"}
    assert "salariés et indépendants" in insured["population_fr"]
    assert insured["population_nl"] != insured["population_fr"]


def test_a_reader_may_set_the_others_against_another_series() -> None:
    series = "inami_in_be_country/inami_workplace"
    frame = flow_sources.compared("FR", "BE", reference=series, kinds=flows.ALL_KINDS).frame
    first = frame.iloc[0]
    assert (first["series"], first["period"], first["value"]) == (series, "2024", 39252)


def test_a_series_that_does_not_exist_is_answered_with_the_usual_one() -> None:
    frame = flow_sources.compared("FR", "BE", reference="nothing").frame
    assert frame.equals(flow_sources.compared("FR", "BE").frame)


def test_a_flow_nobody_published_has_no_row() -> None:
    assert flow_sources.compared("BE25", "FRE").is_empty
    assert flow_sources.compared("FR", "BE", "1950").is_empty


def test_the_census_is_joined_five_years_apart_and_the_others_stay_points() -> None:
    frame = flow_sources.lines("FR", "BE").frame
    census = frame[frame["comparable_group"] == "rp_fr_country_national"].set_index("period")["line"]
    joined = census.dropna()
    years = sorted(int(period) for period in joined.index)
    assert all(later - earlier >= 5 for earlier, later in pairwise(years))
    assert census.isna()["2020"], "one year before the latest: it stands alone"
    assert joined.nunique() == 1


def test_two_groups_are_never_on_one_line() -> None:
    frame = flow_sources.lines("FR", "BE", flows.ALL_KINDS).frame
    on_lines = frame.dropna(subset=["line"])
    assert (on_lines.groupby("line")["comparable_group"].nunique() == 1).all()
    assert (on_lines.groupby("line")["definition_id"].nunique() == 1).all()


def test_an_office_that_moved_breaks_the_line() -> None:
    """FR to the district of Neufchâteau, rows 70 and 71: 2 245 in 2007, 147 in 2017; an address moved."""
    frame = flow_sources.lines("FR", "BE344").frame
    assert sorted(frame["value"]) == [147, 2245]
    assert frame["line"].isna().all()


def test_pairs_are_those_with_a_figure_the_best_measured_first() -> None:
    pairs = flow_sources.pairs(flows.ALL_KINDS)
    assert pairs["definitions"].is_monotonic_decreasing
    assert (pairs["origin_id"] != pairs["destination_id"]).all()
    assert {"FR", "BE"} <= set(pairs["origin_id"])
