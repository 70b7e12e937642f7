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


def test_a_line_and_a_group_touch_the_territories_they_lie_in() -> None:
    """Lines 105 and 106: two rail and thirteen bus lines between the Lille area and Belgium."""
    frame = mobility.figures(kinds=flows.ALL_KINDS).frame

    def in_or_through(territory_id: str) -> set[str]:
        return set(frame.loc[mobility.touching(frame, [territory_id]), "place_id"])

    assert {"lille-belgium", "line-lille-kortrijk", "line-lille-tournai"} <= in_or_through("FRE11")
    assert in_or_through("BE328") == {"line-lille-tournai"}
    assert "leman-express" in in_or_through("FRK28") & in_or_through("CH013")
    assert in_or_through("FRD1") == set()


def test_a_figure_carries_its_indicator_and_source() -> None:
    result = mobility.figures("lines", kinds=flows.ALL_KINDS)
    assert {item.indicator_id for item in result.indicators} == set(result.frame["indicator_id"])
    assert [source.dataset_id for source in result.sources] == ["published_mobility"]
    assert "published_survey" in {caveat.caveat_id for caveat in result.caveats}


def _rail(french: list[str], other: list[str], period: str) -> list[tuple[str, str, float, str]]:
    frame = mobility.rail(french, other).frame
    own = frame[(frame["period"] == period) & frame["value"].notna()]
    columns = (own[name] for name in ("origin_id", "destination_id", "value", "reported_by"))
    return list(zip(*columns, strict=True))


def test_rail_passengers_are_given_both_ways_with_who_counted_them() -> None:
    """tran_r_rapa_tabular.tsv.gz, c_unload before c_load: FR30 is FRE1 today, FR41 is FRF3."""
    assert _rail(["FRE1"], ["BE25", "BE32"], "2005") == [
        ("BE32", "FRE1", 146567, "BE"),  # line 21664: A,PAS,FR30,BE32,BE
        ("BE25", "FRE1", 90563, "BE"),  # line 21660
        ("FRE1", "BE32", 8495, "BE"),  # line 3301: A,PAS,BE32,FR30,BE
        ("FRE1", "BE25", 781, "BE"),  # line 3088
    ]
    assert _rail(["FRF1"], ["DE13"], "2005") == [
        ("DE13", "FRF1", 152668, "DE"),  # line 22075
        ("FRF1", "DE13", 145801, "DE"),  # line 9071
    ]


def test_later_years_are_those_of_single_countries() -> None:
    """Luxembourg publishes 2015 too (lines 21990 and 30762), Spain 2020 only (20511 and 24209)."""
    assert _rail(["FRF3"], ["LU"], "2005") == [("FRF3", "LU", 1026656, "LU"), ("LU", "FRF3", 993866, "LU")]
    assert _rail(["FRF3"], ["LU"], "2015") == [("LU", "FRF3", 1734537, "LU"), ("FRF3", "LU", 1672724, "LU")]
    assert _rail(["FRJ1"], ["ES51"], "2020") == [
        ("ES51", "FRJ1", 63070, "ES"),
        ("FRJ1", "ES51", 51507, "ES"),
    ]
    assert _rail(["FRE1"], ["BE32"], "2015") == []


def test_a_region_keeps_the_code_the_source_gave_it_then() -> None:
    frame = mobility.rail(["FRE1"], ["BE32"]).frame
    then = frame[frame["period"] == "2005"]
    assert set(then["origin_code"]) == set(then["destination_code"]) == {"FR30", "BE32"}


def test_what_is_secret_is_told_from_what_was_never_sent() -> None:
    """Lake Geneva and Franche-Comté: `: ` in 2005, `: c` in 2010 and 2015 (line 4456), 2020 (4483)."""
    frame = mobility.rail(["FRC2"], ["CH01", "CH02"]).frame
    assert frame["value"].isna().all()
    assert set(frame.loc[frame["confidential"], "period"]) == {"2010", "2015", "2020"}
    assert not frame.loc[frame["period"] == "2005", "confidential"].any()


def test_no_pair_inside_one_country_is_a_journey_across_a_border() -> None:
    assert mobility.rail(["BE25"], ["BE32"]).is_empty
