"""The two sides of a border, as a page asks for them.

Composition of Interreg: the programme's own presentation; of the other areas: areas.toml.
"""

from __future__ import annotations

import pytest

from tests.warehouse.small_database import SmallDatabase
from warehouse.queries import places
from warehouse.queries.places import Sides, UnknownTerritory

on_real_territories = pytest.mark.usefixtures("warehouse")

INTERREG_FRENCH = ("FRE", "FRF21", "FRF23")
INTERREG_BELGIAN = ("BE234", "BE235", "BE25", "BE32", "BE34", "BE35")

SIDES = {
    # Areas: their own members.
    "INTERREG-FWV": Sides(INTERREG_FRENCH, INTERREG_BELGIAN, "INTERREG-FWV"),
    "RT-HAUTS-DE-FRANCE": Sides(("FRE",), ("BE25", "BE32"), "RT-HAUTS-DE-FRANCE"),
    "RT-ARDENNES": Sides(("FRF21",), ("BE34", "BE35"), "RT-ARDENNES"),
    # French territories: themselves, facing the smallest area that holds them.
    "FRE": Sides(("FRE",), ("BE25", "BE32"), "RT-HAUTS-DE-FRANCE"),
    "FRE1": Sides(("FRE1",), ("BE25", "BE32"), "RT-HAUTS-DE-FRANCE"),
    "FRE11": Sides(("FRE11",), ("BE25", "BE32"), "RT-HAUTS-DE-FRANCE"),
    "ZE4403": Sides(("ZE4403",), ("BE34", "BE35"), "RT-ARDENNES"),
    "ZE3216": Sides(("ZE3216",), ("BE25", "BE32"), "RT-HAUTS-DE-FRANCE"),
    "FRF21": Sides(("FRF21",), ("BE34", "BE35"), "RT-ARDENNES"),
    "FRF23": Sides(("FRF23",), INTERREG_BELGIAN, "INTERREG-FWV"),
    # Belgian ones, down to an arrondissement and a municipality.
    "BE32": Sides(("FRE",), ("BE32",), "RT-HAUTS-DE-FRANCE"),
    "BE328": Sides(("FRE",), ("BE328",), "RT-HAUTS-DE-FRANCE"),
    "BE234": Sides(INTERREG_FRENCH, ("BE234",), "INTERREG-FWV"),
    "NIS57096": Sides(("FRE",), ("NIS57096",), "RT-HAUTS-DE-FRANCE"),
    "COM59350": Sides(("COM59350",), ("BE25", "BE32"), "RT-HAUTS-DE-FRANCE"),
    # Zones and municipalities of other borders.
    "ZE7503": Sides(("ZE7503",), ("ES212", "ES220"), "RT-PYRENEES-OUEST"),
    "BFS6621": Sides(("FRK21", "FRK27", "FRK28"), ("BFS6621",), "RT-GENEVOIS-ALPES-DU-NORD"),
    # The two countries face one another; nothing faces a region away from the border we observe.
    "FR": Sides(("FR",), ("AD", "BE", "CH", "DE", "ES", "IT", "LU", "MC"), None),
    "BE": Sides(("FR",), ("BE",), None),
    "FR1": Sides(("FR1",), (), None),
    "BE211": Sides((), ("BE211",), None),
}


@on_real_territories
@pytest.mark.parametrize(("chosen", "expected"), SIDES.items(), ids=SIDES)
def test_each_choice_faces_its_own_other_side(chosen: str, expected: Sides) -> None:
    assert places.sides(chosen) == expected


@on_real_territories
def test_the_smallest_area_that_holds_a_territory_is_the_one_it_faces() -> None:
    """The Ardennes department is in both areas: three members are fewer than nine."""
    assert len(places.sides("INTERREG-FWV").all) == 9
    assert len(places.sides("RT-ARDENNES").all) == 3
    assert places.sides("FRF21").area_id == "RT-ARDENNES"


@on_real_territories
def test_a_territory_nobody_knows_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownTerritory, match="FRE9"):
        places.sides("FRE9")
    with pytest.raises(UnknownTerritory, match="FRE9"):
        places.territory("FRE9")


def test_a_side_is_asked_for_by_its_name() -> None:
    sides = Sides(("A",), ("B", "C"), None)
    assert sides.of("french") == ("A",)
    assert sides.of("other") == ("B", "C")
    assert sides.all == ("A", "B", "C")


def _relations(members: tuple[str, ...], level: str) -> dict[str, str]:
    frame = places.cover(members, level)
    return dict(zip(frame["territory_id"], frame["relation"], strict=True))


@on_real_territories
def test_members_finer_than_the_level_are_covered_by_the_larger_region() -> None:
    """Hauts-de-France is FRE1 and FRE2; the departments of the Ardennes and of the Marne lie in FRF2."""
    assert _relations(INTERREG_FRENCH, "nuts2") == {"FRE1": "part", "FRE2": "part", "FRF2": "larger"}
    assert _relations(INTERREG_BELGIAN, "nuts2") == {
        "BE23": "larger",
        "BE25": "itself",
        "BE32": "itself",
        "BE34": "itself",
        "BE35": "itself",
    }


@on_real_territories
def test_members_coarser_than_the_level_are_covered_by_their_parts() -> None:
    assert _relations(INTERREG_FRENCH, "nuts3") == {
        "FRE11": "part",
        "FRE12": "part",
        "FRE21": "part",
        "FRE22": "part",
        "FRE23": "part",
        "FRF21": "itself",
        "FRF23": "itself",
    }
    belgian = _relations(INTERREG_BELGIAN, "nuts3")
    assert len(belgian) == 25  # Ghent, Oudenaarde and the 8 + 7 + 5 + 3 arrondissements of four provinces
    assert belgian["BE234"] == belgian["BE235"] == "itself"
    assert belgian["BE328"] == "part"


@on_real_territories
def test_an_employment_zone_lies_in_the_department_of_most_of_its_communes() -> None:
    assert _relations(("ZE3216",), "nuts3") == {"FRE11": "larger"}
    assert _relations(("ZE3216",), "nuts1") == {"FRE": "larger"}


@on_real_territories
def test_a_family_is_a_territory_with_what_holds_it_and_what_it_holds() -> None:
    assert {"FR", "FRE", "FRE1", "FRE11", "FRE12"} <= places.family("FRE1")
    assert not {"FRE2", "FRE22", "BE"} & places.family("FRE1")


@on_real_territories
def test_the_nine_territories_and_the_programme_are_offered() -> None:
    areas = [item.territory_id for item in places.choices() if item.level == "area"]
    assert sorted(areas) == [
        "INTERREG-FWV",
        "RT-ARC-JURASSIEN",
        "RT-ARDENNES",
        "RT-GENEVOIS-ALPES-DU-NORD",
        "RT-GRANDE-REGION",
        "RT-HAUTS-DE-FRANCE",
        "RT-PYRENEES-EST-CENTRE",
        "RT-PYRENEES-OUEST",
        "RT-RHIN-SUPERIEUR",
        "RT-SUD-FR-IT-MONACO",
    ]


@on_real_territories
def test_what_there_is_of_a_place_is_told() -> None:
    lille = places.presence("FRE11")
    assert (lille.is_observed, lille.is_drawn, lille.is_composed, lille.nearest) == (True, True, True, None)
    site = places.presence("BV-PAMINA")
    assert (site.is_observed, site.is_drawn, site.is_composed) == (False, False, False)
    assert site.nearest == places.territory("RT-RHIN-SUPERIEUR")
    assert not places.presence("ZE7503").is_drawn  # Bayonne reaches into Landes
    assert not places.presence("MC").is_drawn


def test_a_place_without_any_figure_names_the_smallest_one_around_it_that_has_some(
    planted: SmallDatabase,
) -> None:
    planted.declare("rate")
    planted.observe_all("rate", "2025", {"FRX": 1.0, "FR": 2.0})
    presence = places.presence("FRX11")
    assert not presence.is_observed
    assert presence.nearest == places.territory("FRX")
    assert places.presence("BEX11").nearest is None


def test_a_member_no_region_holds_is_told_the_smallest_area_with_figures(planted: SmallDatabase) -> None:
    """As Andorra, in no larger region: BEX1 has no figure around it but those of its area."""
    planted.declare("rate")
    planted.observe_all("rate", "2025", {"FRX11": 1.0})
    assert places.presence("BEX1").nearest == places.territory("AREA")
    assert places.presence("BEX11").nearest is None
    assert places.presence("AREA").nearest is None


@on_real_territories
def test_a_site_that_is_not_composed_has_no_sides() -> None:
    assert places.sides("BV-PAMINA") == Sides((), (), None)


@on_real_territories
def test_choices_come_areas_first_then_from_large_to_small_and_by_name() -> None:
    chosen = places.choices()
    ranks = [(places.CHOICE_ORDER.index(item.level), item.name.fr) for item in chosen]
    assert ranks == sorted(ranks)
    assert chosen[0].level == "area"
    assert {"BE", "FR"} <= {item.territory_id for item in chosen if item.level == "country"}


@on_real_territories
def test_choices_stop_at_the_area_and_never_offer_a_municipality() -> None:
    ids = {item.territory_id for item in places.choices()}
    assert {"FRE", "FRE1", "FRE11", "ZE3216", "BE32", "BE328", "BE234"} <= ids
    assert not {"NIS57096", "BV-LILLE-KORTRIJK-TOURNAI", "FR1", "FRB", "BE211", "BE10"} & ids


@on_real_territories
def test_every_choice_is_drawn_on_some_side() -> None:
    for choice in places.choices():
        assert places.sides(choice.territory_id).all, choice.territory_id


@on_real_territories
def test_every_area_says_who_composed_it() -> None:
    frame = places.compositions()
    assert frame["source"].str.len().min() > 0
    interreg = frame.set_index("area_id").loc["INTERREG-FWV"]
    assert set(interreg["members"]) == {*INTERREG_FRENCH, *INTERREG_BELGIAN}
    assert interreg["members_fr"].startswith("Ardennes, Hauts-de-France, Marne, Audenarde, ")
    assert interreg["source"] == (
        "programme Interreg France-Wallonie-Vlaanderen 2021-2027, présentation du programme"
    )


def test_an_area_none_of_whose_members_is_observed_is_not_offered(planted: SmallDatabase) -> None:
    planted.declare("rate")
    planted.observe_all("rate", "2025", {"FRX13": 1.0})
    assert not places.choices()


def test_an_area_with_one_unobserved_member_is_offered_without_it(planted: SmallDatabase) -> None:
    planted.declare("rate")
    planted.observe_all("rate", "2025", {"FRX11": 1.0, "FRX12": 2.0, "BEX1": 3.0})
    assert [item.territory_id for item in places.choices()] == ["AREA", "BEX1", "FRX11", "FRX12"]


def test_an_area_whose_members_are_all_observed_is_offered_with_them(planted: SmallDatabase) -> None:
    planted.declare("rate")
    planted.observe_all("rate", "2025", {"FRX11": 1.0, "FRX12": 2.0, "BEX1": 3.0, "BEX2": 4.0, "FRX13": 5.0})
    # FRX13 is observed, but no area holds it.
    assert [item.territory_id for item in places.choices()] == ["AREA", "BEX1", "BEX2", "FRX11", "FRX12"]
