"""Choosing a territory: the nine of the Rencontres in plain sight, any known place by its address."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pages.components.context import Context
from pages.components.words import speak
from tests.pages.reading import Reading, read
from warehouse.queries import meetings

pytestmark = pytest.mark.usefixtures("warehouse")

NINE = {
    "RT-HAUTS-DE-FRANCE": "côté belge",
    "RT-ARDENNES": "côté belge",
    "RT-GRANDE-REGION": "côtés belge, luxembourgeois et allemand",
    "RT-RHIN-SUPERIEUR": "côtés allemand et suisse",
    "RT-ARC-JURASSIEN": "côté suisse",
    "RT-GENEVOIS-ALPES-DU-NORD": "côtés suisse et italien",
    "RT-SUD-FR-IT-MONACO": "côtés italien et monégasque",
    "RT-PYRENEES-EST-CENTRE": "côtés andorran et espagnol",
    "RT-PYRENEES-OUEST": "côté espagnol",
}


def test_the_nine_territories_stand_along_the_border() -> None:
    assert [area.territory_id for area in meetings.areas()] == list(NINE)
    (pills,) = [group for group in read("home").app.get("button_group") if len(group.options) == len(NINE)]
    assert pills.options[0] == "Hauts-de-France"
    assert pills.options[-1] == "Pyrénées Ouest"


def test_pressing_one_of_the_nine_chooses_it_and_pressing_it_again_changes_nothing() -> None:
    reading = Reading("home")
    for _ in range(2):
        (pills,) = [g for g in reading.app.get("button_group") if len(g.options) == len(NINE)]
        pills.set_value("RT-ARC-JURASSIEN").run()
        assert reading.query["territoire"] == "RT-ARC-JURASSIEN"


@pytest.mark.parametrize("area_id", NINE)
def test_each_of_the_nine_opens_with_figures_and_names_its_other_side(area_id: str) -> None:
    reading = read("home", territoire=area_id)
    assert not reading.app.exception
    assert reading.warnings == []
    assert reading.query["territoire"] == area_id
    card = reading.block("key-figures")
    population = card[card.index("Population") : card.index("Taux de chômage")]
    assert "hab. côté français" in population
    assert f"hab. {NINE[area_id]}" in population


def test_a_side_is_told_without_the_members_nobody_measures() -> None:
    """demo_r_pjanaggr3 covers neither Monaco nor Andorra: the Italian and Spanish members are told."""
    assert "sans Monaco" in read("home", territoire="RT-SUD-FR-IT-MONACO").block("key-figures")
    assert "sans Andorre" in read("home", territoire="RT-PYRENEES-EST-CENTRE").block("key-figures")
    assert "sans " not in read("home", territoire="RT-ARC-JURASSIEN").block("key-figures")


def test_the_other_side_is_named_in_every_language(context: Callable[..., Context]) -> None:
    said = {
        language: context("RT-RHIN-SUPERIEUR", language=language).side_name("other")
        for language in ("nl", "en")
    }
    assert said == {"nl": "Duitse en Zwitserse kanten", "en": "German and Swiss sides"}


def test_a_municipality_opens_by_its_address_with_its_province_named() -> None:
    """Mouscron lies in Hainaut: tgs00010 2025, BE32, 9.0."""
    reading = read("home", territoire="NIS57096")
    assert not reading.app.exception
    assert reading.warnings == []
    assert "9,0 % côté belge · 2025 · Hainaut" in reading.block("key-figures")


# --- by search ---------------------------------------------------------------------------------------


def _buttons(reading: Reading) -> list[str]:
    return [button.label for button in reading.app.button if (button.key or "").startswith("place-")]


@pytest.mark.parametrize(
    ("sought", "territory_id"), [("BE328", "BE328"), ("Moeskroen-Stad", None), ("59355", None)]
)
def test_a_sole_answer_is_chosen_at_once(sought: str, territory_id: str | None) -> None:
    reading = Reading("home")
    (field,) = [box for box in reading.app.text_input if box.key == "widget:lieu"]
    field.set_value(sought).run()
    assert reading.query["territoire"] == (territory_id or "INTERREG-FWV")
    assert reading.query["lieu"] == ("" if territory_id else sought)


def test_a_name_with_several_places_offers_them_with_what_tells_them_apart() -> None:
    """Saint-Martin is a commune of Meurthe-et-Moselle, of Hautes-Pyrénées and of Bas-Rhin."""
    reading = Reading("home", lieu="saint martin")
    offered = _buttons(reading)
    for code, department in (
        ("54480", "Meurthe-et-Moselle"),
        ("65392", "Hautes-Pyrénées"),
        ("67426", "Bas-Rhin"),
    ):
        assert any(label.startswith(f"**Saint-Martin**, commune, {department} ({code})") for label in offered)
    (second,) = [button for button in reading.app.button if button.key == "place-COM65392"]
    second.click().run()
    assert reading.query["territoire"] == "COM65392"
    assert _buttons(reading) == []


def test_accents_and_languages_are_forgiven() -> None:
    assert any("Mouscron" in label for label in _buttons(read("home", lieu="moeskroen")))
    assert any("Genève" in label for label in _buttons(read("home", lieu="GENEVE")))


def test_a_former_code_says_so_and_leads_to_the_place_of_today() -> None:
    """REFNIS: Mouscron was 54007 until 31 December 2018; 54007 is also Aingeray in France."""
    offered = _buttons(read("home", lieu="54007"))
    assert any(label.startswith("**Aingeray**") for label in offered)
    (mouscron,) = [label for label in offered if label.startswith("**Mouscron**")]
    assert "54007 (Mouscron)\u202f: ancien code, en vigueur jusqu’au 31 décembre 2018" in mouscron


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_what_nothing_answers_says_so_and_offers_what_is_spelt_alike(language: str) -> None:
    reading = read("home", lieu="Moucron", lang=language)
    words = speak(language)
    (said,) = [item.value for item in reading.app.info if "Moucron" in item.value]
    assert said == f"{words('place.nothing', sought='Moucron')} {words('place.near')}"
    assert any(words_of in label for label in _buttons(reading) for words_of in ("Mouscron", "Moeskroen"))


def test_one_letter_is_too_short_to_search() -> None:
    (said,) = [item.value for item in read("home", lieu="x").app.info]
    assert said == speak("fr")("place.too_short")


# --- bad addresses -----------------------------------------------------------------------------------


def test_an_official_code_in_the_address_leads_to_its_place() -> None:
    reading = read("home", territoire="59350")
    assert reading.warnings == []
    assert reading.query["territoire"] == "COM59350"


def test_a_code_two_countries_use_is_not_guessed() -> None:
    """57096 is Mouscron in Belgium and Boulange in Moselle."""
    assert read("home", territoire="57096").warnings
    assert len(_buttons(read("home", lieu="57096"))) > 1


def test_a_code_of_another_year_in_the_address_leads_to_its_place_and_says_so() -> None:
    """COG: Lomme, 59355, has been part of Lille since 2000."""
    reading = read("home", territoire="59355")
    assert reading.warnings == []
    assert reading.query["territoire"] == "COM59350"
    (said,) = [item.value for item in reading.app.info if "59355" in item.value]
    assert "ancien code" in said


def test_a_place_without_outline_is_marked_by_its_position_and_says_so() -> None:
    reading = read("home", territoire="MC")
    assert not reading.app.exception
    assert reading.says(speak("fr")("map.no_outline", territory="Monaco"))


def test_a_level_the_indicator_does_not_have_is_said() -> None:
    """tgs00010 is published by NUTS 2 region: nothing of it is known of a commune."""
    reading = read("home", territoire="COM59350")
    assert reading.says("n’existe pas à ce niveau (commune)")
    assert not read("home", territoire="BE32").says("n’existe pas à ce niveau")
