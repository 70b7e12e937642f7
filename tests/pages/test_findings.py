"""Titles and sentences are computed from what is shown, whatever is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pages.components import atlas, findings
from pages.components.context import Context
from tests.figures import result
from warehouse.queries import catalogue, key_figures, observations
from warehouse.result import LANGUAGES, Result

Contexts = Callable[..., Context]


def _near(*places: tuple[str, str, float | None]) -> Result:
    """A result of (name, country, value) in 2025."""
    rows: list[dict[str, Any]] = [
        {f"name_{language}": name for language in LANGUAGES}
        | {"territory_id": f"{country}{number}", "country": country, "period": "2025", "value": value}
        for number, (name, country, value) in enumerate(places)
    ]
    return result(rows)


def test_a_title_names_the_lowest_and_the_highest(context: Contexts) -> None:
    near = _near(("Gand", "BE", 3.0), ("Lille", "FR", 9.0), ("Mons", "BE", 5.0))
    assert findings.title(context(), near, "2025") == (
        "taux\u202f: de 3,0\u202f% (Gand) à 9,0\u202f% (Lille), 2025"
    )


def test_a_title_changes_with_the_figures(context: Contexts) -> None:
    near = _near(("Gand", "BE", 8.0), ("Lille", "FR", 2.0))
    assert findings.title(context(), near, "2025") == (
        "taux\u202f: de 2,0\u202f% (Lille) à 8,0\u202f% (Gand), 2025"
    )


def test_a_title_names_all_who_share_the_extreme(context: Contexts) -> None:
    near = _near(("Gand", "BE", 3.0), ("Lille", "FR", 9.0), ("Mons", "BE", 9.0))
    assert "(Mons et Lille)" in findings.title(context(), near, "2025")


def test_equal_figures_are_told_once(context: Contexts) -> None:
    near = _near(("Gand", "BE", 9.0), ("Lille", "FR", 9.0))
    assert findings.title(context(), near, "2025") == "taux\u202f: 9,0\u202f% (Gand et Lille), 2025"


def test_figures_that_are_written_alike_are_told_as_equal(context: Contexts) -> None:
    near = _near(("Gand", "BE", 9.01), ("Lille", "FR", 9.04))
    assert findings.title(context(), near, "2025") == "taux\u202f: 9,0\u202f% (Gand et Lille), 2025"


def test_equal_figures_of_many_are_told_without_their_names(context: Contexts) -> None:
    near = _near(("Gand", "BE", 9.0), ("Lille", "FR", 9.0), ("Mons", "BE", 9.0), ("Ypres", "BE", 9.0))
    assert findings.title(context(), near, "2025") == "taux\u202f: 9,0\u202f%, 2025"


def test_a_figure_of_one_place_names_it(context: Contexts) -> None:
    assert findings.title(context(), _near(("Lille", "FR", 9.0)), "2025").endswith("9,0\u202f% (Lille), 2025")


def test_a_missing_figure_is_not_the_lowest(context: Contexts) -> None:
    near = _near(("Gand", "BE", None), ("Lille", "FR", 9.0), ("Mons", "BE", 5.0))
    assert "Gand" not in findings.title(context(), near, "2025")
    nothing = _near(("Gand", "BE", None))
    assert findings.title(context(), nothing, "2025") == "taux\u202f: aucun chiffre à montrer ici"


def test_a_name_is_not_cut_at_its_hyphens(context: Contexts) -> None:
    near = _near(("Nord-Pas-de-Calais", "FR", 9.0), ("Gand", "BE", 3.0))
    assert "Nord\u2011Pas\u2011de\u2011Calais" in findings.title(context(), near, "2025")


def test_each_side_is_told_from_its_lowest_to_its_highest(context: Contexts) -> None:
    near = _near(("Gand", "BE", 3.0), ("Mons", "BE", 9.0), ("Lille", "FR", 7.0))
    told = findings.other_side(context(), near)
    assert "7,0\u202f% côté français (Lille)." in told
    assert "De 3,0 à 9,0\u202f% côté belge (2 territoires)." in told


def test_a_side_without_figures_is_told_to_have_none(context: Contexts) -> None:
    told = findings.other_side(context(), _near(("Gand", "BE", None), ("Lille", "FR", 7.0)))
    assert "Aucun chiffre côté belge." in told


def test_a_territory_that_nothing_faces_is_told_so(context: Contexts) -> None:
    told = findings.other_side(context("FR1"), _near(("Île-de-France", "FR", 7.0)))
    assert "pas de vis-à-vis" in told
    assert "belge" not in told


def test_the_lines_drawn_are_the_extremes_of_each_side(context: Contexts) -> None:
    near = _near(
        *(("a", "FR", 1.0), ("b", "FR", 2.0), ("c", "FR", 3.0)),
        *(("d", "BE", 9.0), ("e", "BE", None), ("f", "BE", 4.0)),
    )
    assert findings.extremes(near.frame, 2) == ["FR0", "FR2", "BE5", "BE3"]


def test_the_map_of_the_card_shows_its_first_rate_with_a_figure(context: Contexts) -> None:
    card = key_figures.card(context().sides)
    assert findings.leading_rate(card.figures).indicator_id == "unemployment_rate_15_74"
    none = key_figures.card(context().sides, "1990")
    assert findings.leading_rate(none.figures).kind == "rate"


def test_a_year_before_the_series_is_said_with_the_year_it_starts(context: Contexts) -> None:
    """tgs00010 starts in 2014."""
    reason, advice = findings.why_nothing(
        context(year="2005"), catalogue.indicator("unemployment_rate_15_74")
    )
    assert "2005" in reason
    assert "2014" in reason
    assert "2014" in advice
    assert "2025" in advice


def test_a_territory_without_the_indicator_is_named(context: Contexts) -> None:
    reason, advice = findings.why_nothing(context("BE"), catalogue.indicator("unemployment_rate_localised"))
    assert "Belgique" in reason
    assert advice


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("territory_id", ["INTERREG-FWV", "FRE1", "BE32", "ZE3216", "FR"])
def test_real_figures_make_whole_sentences(context: Contexts, territory_id: str, language: str) -> None:
    own = context(territory_id, language=language)
    for indicator in catalogue.indicators("employment") + catalogue.indicators("economy"):
        shown = atlas.around(own, indicator)
        title, subtitle = findings.heading(own, indicator, shown)
        said = [title]
        said += (
            [subtitle, findings.other_side(own, shown.near)]
            if shown
            else findings.why_nothing(own, indicator)
        )
        for sentence in said:
            assert sentence.strip(), indicator.indicator_id
            assert not {"{", "}", "None", "nan"} & set(sentence.split()), sentence
            assert "()" not in sentence, sentence


def test_the_headline_of_interreg_is_the_one_in_the_file_of_eurostat(context: Contexts) -> None:
    """tgs00010 lines 11, 13 and 33: BE25 3.0, BE32 9.0, FRE1 9.0 in 2025."""
    own = context()
    shown = atlas.around(own, catalogue.indicator("unemployment_rate_15_74"))
    assert shown is not None
    title = findings.title(own, shown.near, shown.period).replace(findings.NON_BREAKING_HYPHEN, "-")
    assert "de 3,0\u202f% (Flandre-Occidentale) à 9,0\u202f% (Hainaut et Nord-Pas-de-Calais), 2025" in title


def test_the_period_of_a_map_is_one_the_reader_allows(context: Contexts) -> None:
    own = context(year="2018")
    shown = atlas.around(own, catalogue.indicator("unemployment_rate_15_74"))
    assert shown is not None
    assert shown.period == "2018"
    assert set(shown.drawn.frame["period"]) == {"2018"}
    assert observations.latest("unemployment_rate_15_74", ["FRE1"], "2018") == "2018"


def test_a_long_unit_is_said_once_and_a_name_in_brackets_has_none_of_its_own(context: Contexts) -> None:
    """tour_occ_nin2 and demo_r_pjanaggr3, 2024: 0.5 nights an inhabitant in Hainaut, 4.1 in BE34."""
    own = context()
    shown = atlas.around(own, catalogue.indicator("nights_foreign_per_inhabitant"))
    assert shown is not None
    title = findings.title(own, shown.near, shown.period)
    assert title.endswith("de 0,5 (Hainaut) à 4,1\u202fnuitées/hab. (Luxembourg, BE), 2024")
