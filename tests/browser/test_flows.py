"""Flux in a browser: a map from our own addresses alone; click, list and address are one choice."""

from __future__ import annotations

from tests.browser.conftest import OpenPage
from tests.browser.reader import Reader

MAP = '[data-testid="stDeckGlJsonChart"] canvas'
CHOSEN = '[data-testid="chosen"]'
COVERAGE = '[data-testid="coverage"]'
HAUTE_SAVOIE = "Haute-Savoie → Genève"


def test_the_map_asks_nobody_but_us_and_keeps_to_the_policy(open_page: OpenPage) -> None:
    reader = open_page("/flux?frontiere=CH")
    reader.page.locator(MAP).first.wait_for()
    reader.page.wait_for_timeout(1000)
    assert reader.foreign_requests == []
    assert reader.policy_violations == []
    assert reader.console_errors == []
    assert reader.exceptions == []
    assert "6 flux affichés sur 6, soit 93 % des 215 200 travailleurs" in reader.plain(COVERAGE)


def test_a_flow_chosen_in_the_list_is_in_the_address_and_told(open_page: OpenPage) -> None:
    """published_flows.csv, line 332: 82 300."""
    reader = open_page("/flux?frontiere=CH")
    reader.choose("Choisir un flux ou un lieu", HAUTE_SAVOIE)
    assert reader.query["choix"] == "FRK28>CH013"
    assert f"{HAUTE_SAVOIE} : 82 300" in reader.plain(CHOSEN)
    again = open_page(f"/flux?frontiere=CH&choix={reader.query['choix']}")
    assert again.plain(CHOSEN) == reader.plain(CHOSEN)


def test_a_direction_changes_figures_and_address_and_the_map_keeps_its_place(open_page: OpenPage) -> None:
    """published_flows.csv, line 114: about 10 000 from Belgium."""
    reader = open_page("/flux?frontiere=BE")
    canvas = reader.page.locator(MAP).first.element_handle()
    reader.switch("Sens", "Entrants")
    assert reader.query["sens"] == "entrants"
    assert "environ 10 000" in reader.title
    assert canvas is not None
    assert canvas.is_visible()  # the same canvas: a map drawn anew would have lost the reader's view


def test_a_click_on_a_place_chooses_it(open_page: OpenPage) -> None:
    """The map opens on the border: Hauts-de-France is the largest disc on it."""
    reader = open_page("/flux?frontiere=BE")
    with reader.changing_the_address():
        click_until_chosen(reader)
    assert reader.query["choix"] == "FRE"
    assert "Hauts-de-France" in reader.plain(CHOSEN)
    assert "23 700 en partent, 10 000 y arrivent" in reader.plain(CHOSEN)


def click_until_chosen(reader: Reader) -> None:
    """Click where the page says the region's disc is; the first frames of a map may still be empty."""
    box = reader.page.locator(MAP).first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] * PLACE[0], box["y"] + box["height"] * PLACE[1]
    for _ in range(5):
        reader.page.mouse.move(x, y)
        reader.page.wait_for_timeout(400)
        reader.page.mouse.click(x, y)
        reader.page.wait_for_timeout(1500)
        if "choix=FRE" in reader.page.url:
            return
    raise AssertionError(f"nothing chosen: {reader.page.url}")


# Parts of the map's width and height at which the disc of Hauts-de-France lies in a window of 1366 × 768.
PLACE = (0.356, 0.529)
