"""Published figures on travel as a page asks for them. Lines are those of mobility_published.csv."""

from __future__ import annotations

import pytest

from warehouse.queries import flows, mobility

pytestmark = pytest.mark.usefixtures("warehouse")


def value(indicator: str, **where: object) -> list[float]:
    frame = mobility.figures(indicator, kinds=flows.ALL_KINDS).frame
    for column, wanted in where.items():
        frame = frame[frame[column] == wanted]
    return list(frame["value"])


def test_every_row_of_the_source_is_a_figure() -> None:
    assert len(mobility.figures(kinds=flows.ALL_KINDS).frame) == 160


@pytest.mark.parametrize(
    ("line", "indicator", "where", "expected"),
    [
        (2, "commute_distance_mean", {"origin_id": "FR", "population": "cross_border"}, [34]),
        (8, "commute_distance_mean", {"origin_id": "FRF", "destination_id": "LU"}, [42]),
        (19, "trips_over_50_km", {"origin_id": "FRC", "period": "2021"}, [31]),
        (33, "modal_share", {"origin_id": "FRK21", "destination_id": "CH013"}, [14]),
        (60, "lines", {"line_id": "LU"}, [38]),
        (69, "ridership_day", {"line_id": "leman-express", "period": "2022"}, [50000]),
        (86, "telework_weekly", {"origin_id": "FR", "period": "2024"}, [3]),
        (133, "modal_share", {"destination_id": "BE", "mode": "train", "period": "2014"}, [10.9]),
        (157, "flow_working_here", {"destination_id": "CH013"}, [85]),
    ],
)
def test_a_figure_is_the_one_published(line, indicator, where, expected) -> None:
    assert value(indicator, **where) == expected, line


def test_the_federal_surveys_of_belgium_are_marked_as_of_everybody() -> None:
    frame = mobility.figures(kinds=flows.ALL_KINDS).frame
    belgian = frame[frame["survey_id"].isin(["spf-home-work", "spf-monitor-2017"])]
    assert len(belgian) == 41
    assert set(belgian["population"]) == {"all_workers", "all_trips"}


def test_a_survey_of_a_mode_counts_one_thing_only() -> None:
    """Of one survey, population, place and year, a mode has one figure: nothing is drawn twice."""
    frame = mobility.figures(kinds=flows.ALL_KINDS).frame
    key = [
        "indicator_id", "survey_id", "population", "period", "mode", "origin_id", "destination_id", "line_id",
    ]  # fmt: skip
    assert not frame.duplicated(key).any()


def test_the_press_is_given_only_when_asked_for() -> None:
    assert set(mobility.figures().frame["source_kind"]) == {"producer", "republication"}
    assert "press" in set(mobility.figures(kinds=flows.ALL_KINDS).frame["source_kind"])


def test_an_assumed_year_is_marked() -> None:
    frame = mobility.figures(kinds=flows.ALL_KINDS).frame
    assert frame.set_index("survey_id").loc["tns-ilres", "period_assumed"].all()
    assert not frame.set_index("survey_id").loc["insee-census", "period_assumed"].any()


def test_what_a_place_has_carries_its_indicators_and_sources() -> None:
    result = mobility.of_places(["leman-express"], kinds=flows.ALL_KINDS)
    assert set(result.frame["place_id"]) == {"leman-express"}
    assert {item.indicator_id for item in result.indicators} == set(result.frame["indicator_id"])
    assert [source.dataset_id for source in result.sources] == ["published_mobility"]
    assert "published_survey" in {caveat.caveat_id for caveat in result.caveats}


def test_a_place_without_a_figure_has_an_empty_answer() -> None:
    assert mobility.of_places(["FRD1"]).is_empty


def test_rail_passengers_of_2005_are_given_both_ways_with_who_counted_them() -> None:
    """tran_r_rapa_tabular.tsv.gz: FR30 is FRE1 today, c_load is where they board."""
    frame = mobility.rail(["FRE1"], ["BE25", "BE32"]).frame
    rows = zip(frame["origin_id"], frame["destination_id"], frame["value"], strict=True)
    assert list(rows) == [
        ("BE32", "FRE1", 146567),  # A,PAS,FR30,BE32,BE
        ("BE25", "FRE1", 90563),  # A,PAS,FR30,BE25,BE
        ("FRE1", "BE32", 8495),  # A,PAS,BE32,FR30,BE
        ("FRE1", "BE25", 781),  # A,PAS,BE25,FR30,BE
    ]
    assert set(frame["period"]) == {"2005"}
    assert set(frame["reported_by"]) == {"BE"}


def test_no_pair_inside_one_country_is_a_journey_across_a_border() -> None:
    assert mobility.rail(["BE25"], ["BE32"]).is_empty
