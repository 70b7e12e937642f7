"""The badge between two published figures: three grades, each with its reasons."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from warehouse.comparability import GRADES, Figure, compare, periods_to_join

CENSUS = Figure(
    definition_id="census",
    series="rp",
    traits={
        "population": "employed_residents",
        "perimeter": "whole",
        "workplace": "declared",
        "moment": "rolling_census",
    },
    period="2021",
    origin_id="FR",
    destination_id="BE",
    origin_level="country",
    destination_level="country",
    reliability="rounded",
    status="A",
    years_apart=5,
)
INSURED = replace(
    CENSUS,
    definition_id="inami_workplace",
    series="inami",
    traits={
        "population": "insured",
        "perimeter": "whole",
        "workplace": "fund_office",
        "moment": "june_30",
    },
    reliability="exact",
    years_apart=1,
    finest_level="nuts1",
)


def told(one: Figure, other: Figure) -> tuple[str, list[str]]:
    verdict = compare(one, other)
    return verdict.grade, [reason.kind for reason in verdict.reasons]


def test_a_figure_compares_with_itself() -> None:
    assert told(CENSUS, CENSUS) == ("comparable", [])


def test_other_people_are_never_compared_and_every_reason_is_given() -> None:
    assert told(CENSUS, INSURED) == ("not_comparable", ["population", "workplace", "moment"])


def test_other_limits_are_never_compared() -> None:
    near = replace(CENSUS, definition_id="census_25km", traits={**CENSUS.traits, "perimeter": "within_25km"})
    assert told(CENSUS, near) == ("not_comparable", ["perimeter"])


def test_the_same_people_counted_at_another_place_are_compared_with_care() -> None:
    by_home = replace(
        INSURED,
        definition_id="inami_residence",
        traits={**INSURED.traits, "workplace": "country_of_work"},
        origin_id="BE",
        destination_id="FR",
    )
    assert told(INSURED, by_home) == ("careful", ["workplace"])


def test_what_the_source_does_not_state_equals_nothing() -> None:
    unstated = dict.fromkeys(CENSUS.traits, "unstated")
    press, guess = replace(CENSUS, traits=unstated), replace(CENSUS, definition_id="guess", traits=unstated)
    assert told(press, guess)[0] == "not_comparable"
    assert told(press, replace(press, series="another paper"))[0] == "not_comparable"
    assert compare(press, replace(press, period="2015")).grade == "not_comparable"
    assert told(press, press) == ("comparable", [])


def test_people_counted_otherwise_in_each_country_compare_over_time_only() -> None:
    study = replace(CENSUS, traits={**CENSUS.traits, "population": "mixed"})
    back = replace(study, origin_id="BE", destination_id="FR")
    assert told(study, back) == ("not_comparable", ["population"])
    assert told(study, replace(study, period="2015")) == ("comparable", [])


def test_one_series_compares_over_time() -> None:
    assert told(INSURED, replace(INSURED, period="2024")) == ("comparable", [])


def test_two_series_of_one_definition_do_not_continue_one_another() -> None:
    assert told(INSURED, replace(INSURED, period="2024", series="after")) == ("not_comparable", ["series"])
    assert told(INSURED, replace(INSURED, series="revised")) == ("careful", ["edition"])


@pytest.mark.parametrize(
    ("period", "grade"), [("2020", "careful"), ("2017", "careful"), ("2016", "comparable")]
)
def test_the_census_compares_five_years_apart(period: str, grade: str) -> None:
    assert compare(CENSUS, replace(CENSUS, period=period)).grade == grade


def test_offices_that_move_are_not_followed_below_the_region() -> None:
    province = replace(INSURED, destination_id="BE32", destination_level="nuts2")
    assert told(province, replace(province, period="2024")) == ("not_comparable", ["places_move"])
    region = replace(INSURED, destination_id="BE3", destination_level="nuts1")
    assert told(region, replace(region, period="2024")) == ("comparable", [])


def test_a_region_is_not_set_against_a_country() -> None:
    region = replace(CENSUS, origin_id="FRE", origin_level="nuts1")
    assert told(CENSUS, region) == ("not_comparable", ["level"])


def test_two_regions_compare_in_one_year_and_with_care_in_two() -> None:
    north = replace(CENSUS, origin_id="FRE", origin_level="nuts1")
    east = replace(north, origin_id="FRF")
    assert told(north, east) == ("comparable", [])
    assert told(north, replace(east, period="2016")) == ("careful", ["year"])


def test_two_definitions_in_two_years_do_not_compare_even_with_the_same_traits() -> None:
    twin = replace(CENSUS, definition_id="twin", period="2016")
    assert told(CENSUS, twin) == ("not_comparable", ["year"])


def test_an_approximate_or_estimated_figure_asks_for_care() -> None:
    assert told(CENSUS, replace(CENSUS, reliability="about")) == ("careful", ["about"])
    assert told(CENSUS, replace(CENSUS, status="E")) == ("careful", ["estimated"])


def test_the_badge_is_the_same_from_both_ends() -> None:
    figures = [
        CENSUS,
        INSURED,
        replace(CENSUS, period="2018", reliability="about"),
        replace(INSURED, period="2024", series="after", destination_level="nuts2"),
        replace(CENSUS, origin_level="nuts3", status="E"),
    ]
    for one, other in product(figures, figures):
        assert set(compare(one, other).reasons) == set(compare(other, one).reasons)
        assert compare(one, other).grade in GRADES


EDITIONS = [str(year) for year in (2012, 2015, *range(2017, 2024))]


@pytest.mark.parametrize(
    ("periods", "years_apart", "joined"),
    [
        (EDITIONS, 5, {"2023", "2018", "2012"}),
        (EDITIONS[:-1], 5, {"2022", "2017", "2012"}),  # the latest year is where the line begins
        (["2023", "2020"], 5, {"2023"}),
        (EDITIONS, None, set(EDITIONS)),
        (["2023-Q1", "2023-Q2"], None, {"2023-Q1", "2023-Q2"}),
        ([], 5, set()),
    ],
)
def test_a_line_goes_back_from_the_latest_year(
    periods: list[str], years_apart: int | None, joined: set[str]
) -> None:
    assert periods_to_join(periods, years_apart) == joined
