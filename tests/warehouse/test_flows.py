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
    assert [source.dataset_id for source in result.sources] == ["flows_france_belgium"]


def test_an_address_caveat_goes_with_the_belgian_figures() -> None:
    assert "inami_address" in {caveat.caveat_id for caveat in flows.between(["FR"], ["BE"]).caveats}


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
    assert headline("FR") == headline("BE") == headline("INTERREG-FWV")


def test_a_flow_with_a_country_that_is_not_loaded_is_not_called_unobserved() -> None:
    states = {figure["state"] for figure in headline("RT-RHIN-SUPERIEUR").values()}
    assert states == {"not_loaded"}


def test_a_direction_without_a_figure_is_not_observed() -> None:
    press_only = flows.headline_flow("RT-HAUTS-DE-FRANCE", kinds=["press"]).frame.set_index("direction")
    assert list(press_only["value"]) == [36000, 8700]  # rows 374 and 192
    nothing = flows.headline_flow("RT-HAUTS-DE-FRANCE", kinds=[]).frame
    assert set(nothing["state"]) == {"not_observed"}
    assert nothing["value"].isna().all()


def test_a_region_far_from_the_border_faces_nothing() -> None:
    assert {figure["state"] for figure in headline("FRD").values()} == {"no_side"}
