"""Published flows as a page asks for them. Rows are those of the source table, flows_published.csv."""

from __future__ import annotations

import pytest

from warehouse.queries import flows

pytestmark = pytest.mark.usefixtures("warehouse")


def headline(territory_id: str) -> dict[str, dict[str, object]]:
    return flows.headline_flow(territory_id).frame.set_index("direction").to_dict("index")


def ends(figure: dict[str, object]) -> tuple[object, ...]:
    return tuple(figure[name] for name in ("origin_id", "destination_id", "period", "value", "definition_id"))


def test_one_flow_has_several_figures_and_all_are_given() -> None:
    frame = flows.between(["FR"], ["BE"]).frame
    of_2015 = frame[frame["period"] == "2015"].set_index("definition_id")["value"]
    assert of_2015.to_dict() == {"census_25km": 35400, "inami_workplace": 36341}  # rows 204 and 82


def test_a_direction_is_not_the_other() -> None:
    outgoing = flows.between(["FRE"], ["BE"]).frame
    incoming = flows.between(["BE"], ["FRE"]).frame
    assert list(outgoing["value"]) == [23700]  # row 190
    assert list(incoming["value"]) == [10000]  # row 188


def test_the_press_is_given_only_when_asked_for() -> None:
    zones = ["ZE3216", "ZE3217", "ZE3218", "ZE3222"]
    assert flows.between(zones, ["BE"]).is_empty
    asked = flows.between(zones, ["BE"], kinds=flows.ALL_KINDS).frame.set_index("origin_id")["value"]
    assert asked.to_dict() == {
        "ZE3216": 6600,
        "ZE3217": 6200,
        "ZE3218": 10500,
        "ZE3222": 6700,
    }  # rows 419-422


def test_every_figure_says_what_it_counts_when_and_who_says_so() -> None:
    result = flows.between(["FR", "FRE", "FRF"], ["BE"])
    told = result.frame[
        ["definition_fr", "definition_nl", "definition_en", "period", "producer", "source_url"]
    ]
    assert told.notna().all(axis=None)
    assert result.indicator.kind == "count"
    assert [source.dataset_id for source in result.sources] == ["published_flows"]


def test_an_address_caveat_goes_with_the_belgian_figures() -> None:
    assert "inami_address" in {caveat.caveat_id for caveat in flows.between(["FR"], ["BE"]).caveats}


def test_what_enters_from_all_countries_is_told_apart_from_what_comes_from_france() -> None:
    entering = flows.with_groups(["CH013"]).frame
    all_countries = entering[(entering["group_kind"] == "all_countries") & ~entering["superseded"]]
    assert set(all_countries["group_id"]) == {"all-to-switzerland"}
    of_2014 = all_countries[all_countries["reference_date"] == "2014-12-31"]
    assert of_2014["comparable_group"].tolist() == ["staf_canton_total_q4_v2026"]
    assert flows.between(["FR"], ["CH013"]).frame["definition_id"].unique().tolist() == ["census"]


def test_a_student_site_is_given_only_when_asked_for() -> None:
    assert flows.between(["IT"], ["FR"]).is_empty
    asked = flows.between(["IT"], ["FR"], kinds=flows.ALL_KINDS).frame
    assert set(asked["source_kind"]) == {"unsourced"}


def test_a_warning_goes_with_the_definitions_it_is_about() -> None:
    assert "permit_g" in {caveat.caveat_id for caveat in flows.with_groups(["CH013"]).caveats}
    assert "permit_g" not in {caveat.caveat_id for caveat in flows.between(["FR"], ["BE"]).caveats}


def test_both_sides_of_the_programme_are_held_by_the_countries_only() -> None:
    figures = headline("INTERREG-FWV")
    assert ends(figures["french_to_other"]) == ("FR", "BE", "2023", 39466, "inami_workplace")  # row 86
    assert ends(figures["other_to_french"]) == ("BE", "FR", "2023", 8391, "inami_residence")  # row 146


def test_the_flow_of_the_region_itself_is_closer_than_that_of_its_country() -> None:
    figures = headline("RT-HAUTS-DE-FRANCE")
    assert ends(figures["french_to_other"]) == ("FRE", "BE", "2017", 23700, "employee_files")  # row 190
    assert ends(figures["other_to_french"]) == ("BE", "FRE", "2017", 10000, "employee_files")  # row 188


def test_one_province_never_stands_for_two() -> None:
    assert headline("RT-HAUTS-DE-FRANCE")["other_to_french"]["origin_id"] == "BE"
    assert headline("BE32")["other_to_french"]["value"] == 6745  # row 161, Hainaut alone


def test_a_side_of_two_walloon_provinces_is_held_by_wallonia() -> None:
    assert ends(headline("RT-ARDENNES")["other_to_french"]) == (
        "BE3",
        "FR",
        "2020",
        7086,
        "inami_residence",
    )  # 178


def test_countries_face_one_another() -> None:
    assert headline("BE") == headline("INTERREG-FWV")
    assert ends(headline("CH")["french_to_other"]) == ("FR", "CH", "2021", 224000, "census")


# territory → figures out of France, largest first, then into France
HEADLINES = [
    (
        "RT-GRANDE-REGION",
        [("FRF3", "LU", 88300), ("FRF", "DE", 46000), ("FRF", "BE", 8200)],
        [("BE3", "FR", 7086)],
    ),
    ("RT-RHIN-SUPERIEUR", [("FRF", "DE", 46000), ("FRF1", "CH", 33000)], []),
    ("RT-ARC-JURASSIEN", [("FRC", "CH", 35000)], []),
    ("RT-GENEVOIS-ALPES-DU-NORD", [("FRK", "CH", 138000), ("FR", "IT", 1600)], []),
    ("RT-SUD-FR-IT-MONACO", [("FRL", "MC", 33200), ("FRL", "IT", 300)], []),
    ("RT-PYRENEES-EST-CENTRE", [("FR", "ES", 4900), ("FR", "AD", 100)], [("ES", "FR", 1100)]),
    ("RT-PYRENEES-OUEST", [("FRI15", "ES", 3000)], [("ES", "FRI15", 700)]),
]


@pytest.mark.parametrize(("territory", "leaving", "entering"), HEADLINES)
def test_a_side_in_several_countries_has_a_figure_for_each(territory, leaving, entering) -> None:
    frame = flows.headline_flow(territory).frame
    figures = frame[frame["state"] == "value"]
    for direction, expected in (("french_to_other", leaving), ("other_to_french", entering)):
        rows = figures[figures["direction"] == direction]
        assert list(zip(rows["origin_id"], rows["destination_id"], rows["value"], strict=True)) == expected
    assert set(frame[frame["state"] != "value"]["state"]) <= {"not_observed"}


def test_a_direction_without_a_figure_is_not_observed() -> None:
    press_only = flows.headline_flow("RT-HAUTS-DE-FRANCE", kinds=["press"]).frame.set_index("direction")
    assert list(press_only["value"]) == [36000, 8700]  # rows 374 and 192
    nothing = flows.headline_flow("RT-HAUTS-DE-FRANCE", kinds=[]).frame
    assert set(nothing["state"]) == {"not_observed"}
    assert nothing["value"].isna().all()


def test_a_region_far_from_the_border_faces_nothing() -> None:
    assert {figure["state"] for figure in headline("FRD").values()} == {"no_side"}
