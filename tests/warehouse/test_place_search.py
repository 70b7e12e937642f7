"""A place is found by what a reader would type: a name in any language, a code of any edition.

Codes: COG of 2026, REFNIS of 2018 (54007, Mouscron) and 2025, JRC matrix of NUTS 2016 (BE325).
"""

from __future__ import annotations

from datetime import date

import pytest

from warehouse.queries import place_search
from warehouse.queries.place_search import FoundPlace, search

pytestmark = pytest.mark.usefixtures("warehouse")


def ids(text: str) -> list[str]:
    return [place.territory.territory_id for place in search(text).places]


def found(text: str, territory_id: str) -> FoundPlace:
    return next(place for place in search(text).places if place.territory.territory_id == territory_id)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("59350", "COM59350"),
        ("BE328", "BE328"),
        ("be328", "BE328"),
        ("Mouscron", "NIS57096"),
        ("MOESKROEN", "NIS57096"),
        ("BE540", "NIS57096"),
        ("FRE11", "FRE11"),
        ("7700", "NIS57096"),  # the postal code of Mouscron
        ("59000", "COM59350"),
        ("6621", "BFS6621"),
        ("bale", "BFS2701"),
        ("Basel", "BFS2701"),
        ("SUC1L", "BFS6621"),
        ("grande region", "RT-GRANDE-REGION"),
        ("Großregion", "RT-GRANDE-REGION"),
        ("charleville mezieres", "ZE4403"),
        ("tourcoing", "COM59599"),
        ("pamina", "BV-PAMINA"),
    ],
)
def test_the_first_place_is_the_one_meant(text: str, first: str) -> None:
    assert ids(text)[0] == first


@pytest.mark.parametrize(
    "text", ["Sint-Niklaas", "sint niklaas", "SAINT-NICOLAS", "st nicolas", "Saint Nicolas"]
)
def test_accents_case_hyphens_and_a_shortened_saint_are_forgiven(text: str) -> None:
    assert "NIS46021" in ids(text)


def test_two_places_of_one_name_come_both_with_what_tells_them_apart() -> None:
    towns = {
        place.territory.territory_id: place.within.fr if place.within else None
        for place in search("Saint-Nicolas").places
        if place.territory.level == "municipality" and place.territory.name.fr == "Saint-Nicolas"
    }
    assert towns == {"COM62764": "Pas-de-Calais", "NIS46021": "Flandre-Orientale", "NIS62093": "Liège"}


def test_places_of_one_name_come_from_large_to_small() -> None:
    levels = [place.territory.level for place in search("Namur").places if place.territory.name.fr == "Namur"]
    assert levels == ["nuts3", "municipality"]


def test_lille_is_a_zone_and_a_commune_in_france_and_a_commune_in_belgium() -> None:
    assert ids("Lille")[:3] == ["ZE3216", "COM59350", "NIS13019"]
    assert ids("rijsel")[:2] == ["ZE3216", "COM59350"]


def test_a_region_that_is_its_own_only_part_comes_once() -> None:
    assert [name for name in ids("Luxembourg") if name.startswith("LU")] == ["LU"]


def test_the_beginning_of_each_word_is_enough() -> None:
    assert "ZE3218" in ids("rou tour")  # Roubaix-Tourcoing
    assert not search("rou tourxx").places


def test_a_lapsed_code_leads_to_the_place_of_today_and_says_until_when_it_was_valid() -> None:
    place = found("54007", "NIS57096")
    assert place.matched == "former_code"
    assert place.former is not None
    assert (place.former.scheme, place.former.valid_to) == ("REFNIS", date(2018, 12, 31))
    assert place.former.name is not None
    assert place.former.name.fr == "Mouscron"


def test_a_number_two_registers_use_leads_to_both_places() -> None:
    assert ids("57096") == ["COM57096", "NIS57096"]


def test_a_code_in_force_stands_before_a_code_that_has_lapsed() -> None:
    # 54007 is Aingeray in France as well.
    assert ids("54007") == ["COM54007", "NIS57096"]


def test_a_code_cut_into_several_places_says_how_much_lies_in_each() -> None:
    shares = {
        place.territory.territory_id: place.former.share for place in search("BE325").places if place.former
    }
    assert shares == {"BE329": 0.419, "BE32A": 0.2123, "BE32C": 0.3687}


def test_a_french_code_tells_its_last_edition_when_its_last_day_is_not_known() -> None:
    place = found("59298", "COM59350")  # Hellemmes
    assert place.former is not None
    assert (place.former.edition, place.former.valid_to) == (None, None)


def test_a_code_no_place_of_today_follows_is_known_all_the_same() -> None:
    answer = search("11003")
    assert [place.matched for place in answer.places] == ["surroundings"]  # or a commune of Aude
    assert answer.lapsed is not None
    assert answer.lapsed.valid_to == date(1982, 12, 31)
    assert answer.lapsed.name is not None
    assert answer.lapsed.name.fr == "Berchem (Anvers)"


def test_a_commune_away_from_the_border_leads_to_its_department() -> None:
    (paris,) = search("75056").places
    assert (paris.territory.territory_id, paris.matched) == ("FR101", "surroundings")


@pytest.mark.parametrize("text", ["", " ", "l", "-"])
def test_too_little_to_seek_is_said(text: str) -> None:
    assert search(text).outcome == "too_short"


@pytest.mark.parametrize("text", ["zzz", "Atlantide", "99999999", "'; DROP TABLE territory; --"])
def test_nothing_found_is_said(text: str) -> None:
    answer = search(text)
    assert (answer.outcome, answer.places, answer.total) == ("nothing", (), 0)


def test_no_more_than_asked_for_are_kept_and_all_are_counted() -> None:
    answer = search("saint", kept=5)
    assert len(answer.places) == 5
    assert answer.total > 400


def test_a_found_place_says_whether_it_has_figures_and_an_outline() -> None:
    assert found("Mouscron", "NIS57096").presence.is_observed
    assert not found("pamina", "BV-PAMINA").presence.is_drawn


def test_names_are_compared_without_what_a_hurried_reader_leaves_out() -> None:
    assert place_search.folded("L’Œuvre–St. Étienne") == "l oeuvre saint etienne"
