"""What all pages share: language, territory, year, size of type, keyboard, and the wait for a build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from etl.build import build
from tests.browser.conftest import OpenPage
from tests.browser.reader import new_reader
from tests.server import serving

ALERT = '[data-testid="stAlert"]'
TAB_STOPS = 40  # of a page's controls before its fold, with room
BUILD_MS = 120_000


def test_another_language_keeps_page_territory_and_year(open_page: OpenPage) -> None:
    reader = open_page("/emploi?territoire=BE32&annee=2020")
    french = reader.title
    reader.switch("Langue", "NL")
    assert reader.path == "/emploi"
    assert reader.query.items() >= {("lang", "nl"), ("territoire", "BE32"), ("annee", "2020")}
    assert reader.language == "nl"
    assert reader.title != french
    assert reader.plain(".subtitle").startswith("Henegouwen")
    reader.switch("Taal", "EN")
    assert reader.language == "en"
    assert reader.plain(".subtitle").startswith("Hainaut")


def test_territory_and_year_go_with_the_reader_from_page_to_page(open_page: OpenPage) -> None:
    """Méthode draws neither choice and keeps both."""
    reader = open_page("/emploi?territoire=RT-ARDENNES&annee=2019")
    there = reader.title
    reader.follow("/methode")
    assert reader.query.items() >= {("territoire", "RT-ARDENNES"), ("annee", "2019")}
    reader.follow("/")
    assert reader.query.items() >= {("territoire", "RT-ARDENNES"), ("annee", "2019")}
    assert reader.plain(".subtitle").startswith("Ardennes (périmètre indicatif)")
    assert "2019" in reader.title
    reader.follow("/emploi")
    assert reader.title == there


def test_an_address_that_asks_for_nothing_known_is_told_so(open_page: OpenPage) -> None:
    reader = open_page("/emploi?territoire=ATLANTIS")
    assert "« ATLANTIS »" in reader.plain(ALERT)
    assert "valeur par défaut" in reader.plain(ALERT)
    assert reader.query["territoire"] == "INTERREG-FWV"
    assert reader.exceptions == []


@pytest.mark.parametrize("path", ["/", "/emploi", "/rencontres"])
def test_large_type_is_larger_everywhere_and_still_fits_a_phone(open_page: OpenPage, path: str) -> None:
    reader = open_page(path, width=390, height=844)
    sizes = _sizes(reader.page.evaluate)
    reader.switch("Caractères", "A+")
    assert reader.query["taille"] == "grande"
    for before, after in zip(sizes, _sizes(reader.page.evaluate), strict=True):
        assert after > 1.3 * before
    assert reader.overflowing == []


def _sizes(evaluate: Callable[[str], float]) -> tuple[float, float]:
    """Pixels of the page's text and of the figures written on its map."""
    text = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    figures = "window.observed.map().getLayoutProperty('figure-labels', 'text-size')"
    return evaluate(text), evaluate(figures)


def test_the_keyboard_reaches_the_filters_and_opens_the_table(open_page: OpenPage) -> None:
    reader = open_page("/emploi")
    met = []
    for _ in range(TAB_STOPS):
        reader.page.keyboard.press("Tab")
        met.append(reader.page.evaluate("window.observed.focused()"))
        if met[-1].startswith("Tableau"):
            break
    filters = ["FR", "A", "Territoire", "Année", "Indicateur"]
    assert [stop for stop in met if stop in filters] == filters
    assert met[-1] == "Tableau (96 lignes)"
    reader.page.keyboard.press("Enter")
    reader.page.get_by_test_id("stDataFrame").wait_for(timeout=20_000)


def test_without_a_build_a_page_says_what_to_run_and_shows_once_it_is_there(
    profiles: dict[bool, BrowserContext], tmp_path: Path
) -> None:
    (tmp_path / "current").mkdir()  # no build can become current
    with serving(tmp_path) as server:
        reader = new_reader(profiles[False], server.url)
        reader.page.goto(f"{server.url}/emploi")
        expect(reader.page.get_by_test_id("stCode")).to_have_text("python -m etl build", timeout=BUILD_MS)
        assert "Aucune donnée n’est encore disponible" in reader.plain(ALERT)
        assert server.get("/healthz").status == 503
        (tmp_path / "current").rmdir()
        build(tmp_path)
        reader.open("/emploi")
        assert "Taux de chômage" in reader.title
        reader.page.close()


def test_a_page_opened_during_the_first_build_shows_by_itself(
    profiles: dict[bool, BrowserContext], tmp_path: Path
) -> None:
    with serving(tmp_path) as server:
        reader = new_reader(profiles[False], server.url)
        reader.page.goto(f"{server.url}/methode")
        reader.page.locator("h1").wait_for(timeout=BUILD_MS)
        assert reader.title.startswith("D’où viennent les chiffres")
        reader.page.close()
