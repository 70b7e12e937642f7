"""What a reader is told of a place, a code or a level that cannot be shown, in their own language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pages.components import findings
from pages.components.context import Context
from pages.components.words import Words, dictionary, speak
from tests.pages.reading import Reading, plain, read
from tests.warehouse.small_database import SmallDatabase
from warehouse.queries import catalogue, places
from warehouse.result import LANGUAGES

on_real_figures = pytest.mark.usefixtures("warehouse")
every_language = pytest.mark.parametrize("language", LANGUAGES)

Contexts = Callable[..., Context]


def _holds(reading: Reading, sentence: str) -> None:
    """The page says the sentence, whole, and leaves no blank of any sentence unfilled."""
    assert not reading.app.exception
    assert "{" not in sentence
    assert reading.says(sentence), sentence
    assert not {"{", "}", "None", "nan"} & set(reading.text.split())


def _buttons(reading: Reading) -> list[str]:
    return [plain(button.label) for button in reading.app.button]


def _name(words: Words, territory_id: str) -> str:
    return words.of(places.territory(territory_id).name)


def test_the_sentences_of_bad_input_are_of_one_language_each() -> None:
    """A sentence that two languages share would pass every test below without being translated."""
    place = ("former", "lapsed", "found_many", "nothing", "ambiguous", "too_short")
    empty = ("not_composed", "not_observed", "nearest", "around", "territory", "before")
    keys = [*(f"place.{name}" for name in place), *(f"empty.{name}" for name in empty)]
    keys += ["map.no_outline", "map.no_such_level", "url.invalid"]
    for key in keys:
        said = {dictionary(language)[key] for language in LANGUAGES}
        assert len(said) == len(LANGUAGES), key


# --- a place outside every polygon --------------------------------------------------------------------


@on_real_figures
@every_language
def test_a_place_outside_every_polygon_is_a_position_and_says_so(language: str) -> None:
    words = speak(language)
    monaco = read("home", territoire="MC", lang=language)
    _holds(monaco, words("map.no_outline", territory="Monaco"))


@on_real_figures
@every_language
def test_a_commune_outside_what_is_followed_leads_to_its_department(language: str) -> None:
    """Paris, 75056: only the 23 departments along the border have communes here."""
    reading = read("home", lieu="75056", lang=language)
    assert any(plain(speak(language)("place.surroundings")) in label for label in _buttons(reading))


# --- a code valid in another year only ----------------------------------------------------------------


@on_real_figures
@every_language
def test_a_code_of_another_year_leads_to_the_place_of_today_and_says_so(language: str) -> None:
    """COG: Lomme, 59355, part of Lille since 2000; REFNIS: Mouscron, 54007 until the end of 2018."""
    words = speak(language)
    lille = read("home", territoire="59355", lang=language)
    assert lille.query["territoire"] == "COM59350"
    (said,) = [item.value for item in lille.app.info if "59355" in item.value]
    assert said.startswith(words("place.former", code="59355", name="", until="", part="")[:-1])
    offered = [label for label in _buttons(read("home", lieu="54007", lang=language)) if "54007 (" in label]
    day = {"fr": "31 décembre 2018", "nl": "31 december 2018", "en": "31 December 2018"}[language]
    assert any(plain(words("place.until", day=day)) in label for label in offered)


@on_real_figures
@every_language
def test_a_code_that_nothing_of_today_follows_says_what_it_was(language: str) -> None:
    """REFNIS 11003, Berchem, until 31 December 1982, then a part of Antwerp."""
    words = speak(language)
    day = {"fr": "31 décembre 1982", "nl": "31 december 1982", "en": "31 December 1982"}[language]
    until = words("place.until", day=day)
    name = {"fr": "Berchem (Anvers)", "nl": "Berchem (Antwerpen)", "en": "Berchem (Anvers)"}[language]
    sentence = words("place.lapsed", code="11003", name=f" ({name})", until=until, part="")
    _holds(read("home", lieu="11003", lang=language), sentence)
    reading = read("home", territoire="11003", lang=language)
    assert [plain(item) for item in reading.warnings] == [plain(sentence)]


# --- a name or a code with two places -----------------------------------------------------------------


@on_real_figures
@every_language
def test_a_name_of_several_places_asks_which(language: str) -> None:
    reading = read("home", lieu="saint martin", lang=language)
    offered = [label for label in _buttons(reading) if label.startswith("**Saint-Martin**")]
    assert len(offered) >= 3
    assert len({label.partition("(")[2] for label in offered}) == len(offered)
    sentence = speak(language)("place.found_many", count="|", sought="saint martin").partition("|")[2]
    assert any(plain(sentence) in plain(item.value) for item in reading.app.caption)


@on_real_figures
@every_language
def test_a_code_of_two_countries_is_not_guessed_and_both_are_offered(language: str) -> None:
    """57096 is Mouscron in Hainaut and Boulange in Moselle."""
    words = speak(language)
    reading = read("home", territoire="57096", lang=language)
    (said,) = reading.warnings
    assert said.startswith(words("place.ambiguous", code="57096", places="|").partition("|")[0])
    assert "Boulange (Moselle)" in said
    assert _name(words, "NIS57096") in said
    assert reading.query["territoire"] == "INTERREG-FWV"
    assert {button.key for button in reading.app.button} >= {"place-COM57096", "place-NIS57096"}


@on_real_figures
@every_language
def test_a_name_nothing_answers_is_repeated_with_what_is_spelt_alike(language: str) -> None:
    words = speak(language)
    _holds(read("home", lieu="Moucron", lang=language), words("place.nothing", sought="Moucron"))
    _holds(read("home", lieu="x", lang=language), words("place.too_short"))


# --- an area, a pilot site or a zone without any figure -----------------------------------------------

AROUND_THE_SITES = {
    "BV-PAMINA": "RT-RHIN-SUPERIEUR",
    "BV-LILLE-KORTRIJK-TOURNAI": "RT-HAUTS-DE-FRANCE",
    "BV-NORD-LORRAIN-LUXEMBOURG": "RT-GRANDE-REGION",
    "BV-ALPES-DU-SUD-RIVIERA": "RT-SUD-FR-IT-MONACO",
    "BV-FRANCO-VALDO-GENEVOISE": "RT-GENEVOIS-ALPES-DU-NORD",
}


@on_real_figures
@every_language
@pytest.mark.parametrize(("site", "around"), AROUND_THE_SITES.items())
def test_a_site_without_composition_names_the_territory_around_it(
    site: str, around: str, language: str
) -> None:
    words = speak(language)
    reading = read("home", territoire=site, lang=language)
    assert plain(reading.title) == plain(words("empty.title", territory=_name(words, site)))
    kind = words("kind.point_X")
    _holds(reading, words("empty.not_composed", territory=_name(words, site), kind=kind))
    _holds(reading, words("empty.nearest", territory=_name(words, around)))


@on_real_figures
@pytest.mark.parametrize(
    ("page", "chosen"),
    [("home", {}), ("employment", {}), ("mobility", {"vue": "nuitees"}), ("mobility", {"vue": "rail"})],
)
def test_the_territory_around_is_one_press_away(page: str, chosen: dict[str, str]) -> None:
    reading = Reading(page, territoire="BV-PAMINA", **chosen)
    (see,) = [button for button in reading.app.button if button.key == "see-nearest"]
    assert plain(see.label) == "Voir Rhin supérieur"
    see.click().run()
    assert reading.query["territoire"] == "RT-RHIN-SUPERIEUR"
    assert not [button for button in reading.app.button if button.key == "see-nearest"]


@on_real_figures
@every_language
@pytest.mark.parametrize(("place", "kind"), [("AD", "country_AD"), ("BFS2421", "municipality_CH")])
def test_a_place_without_a_figure_of_its_own_says_whose_figures_follow(
    place: str, kind: str, language: str
) -> None:
    words = speak(language)
    reading = read("home", territoire=place, lang=language)
    own = {"territory": _name(words, place), "kind": words(f"kind.{kind}")}
    _holds(reading, words("empty.not_observed", **own))
    _holds(reading, words("empty.around"))


def test_an_area_without_any_figure_says_so(planted: SmallDatabase, context: Contexts) -> None:
    planted.declare("rate")
    planted.observe_all("rate", "2025", {"FRX2": 1.0})
    for language in LANGUAGES:
        own = context("AREA", language=language)
        reason, advice = findings.why_nothing(own, catalogue.indicator("rate"))
        kind = own.words("kind.area_X")
        assert reason == own.words("empty.not_observed", territory="AREA", kind=kind)
        assert advice == own.words("empty.choose_territory")


@on_real_figures
@every_language
def test_a_territory_an_indicator_leaves_out_is_named(language: str) -> None:
    """Insee's localised rates by department are transcribed along the border only: not of the Marne."""
    words = speak(language)
    reading = read("employment", territoire="FRF23", indicateur="unemployment_rate_localised", lang=language)
    _holds(reading, words("empty.territory", territory="Marne"))
    _holds(reading, words("empty.choose_territory"))


# --- a level the indicator does not have; a year before the series -------------------------------------


@on_real_figures
@every_language
def test_a_level_the_indicator_does_not_have_is_said(language: str) -> None:
    """tgs00010 is published by NUTS 2 region: nothing of it is known of a commune."""
    words = speak(language)
    sentence = words("map.no_such_level", kind=words("kind.municipality_FR"), level=words("level.nuts2"))
    _holds(read("employment", territoire="COM59350", lang=language), sentence)
    assert not read("employment", territoire="BE32", lang=language).says(sentence)


@on_real_figures
@every_language
def test_a_year_before_the_series_names_its_first(language: str) -> None:
    """tgs00010 starts in 2014."""
    reading = read("employment", annee="2005", indicateur="unemployment_rate_15_74", lang=language)
    _holds(reading, speak(language)("empty.before", year="2005", first="2014"))
