"""Flux in a reader's hands: the map says its figures; mouse, list and keyboard choose a flow or a place.

Figures are those of published_flows.csv for France and Belgium in 2017.
"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.drawn_flows import DrawnFlows
from tests.browser.reader import Reader

BELGIUM = "/flux?frontiere=BE"  # opens on 2017, regions: lines 337, 114 and 310
FLOW, PLACE = "FRE>BE", "FRE"
FLOW_SAID, ROUNDED = "Hauts-de-France → Belgique 23 700", " · arrondi à la centaine"
CHOSEN = '[data-testid="chosen"]'
BARS = '[data-testid="flow-bars"]'
CHOICE = "Choisir un flux ou un lieu"
SAME = 1e-6


def test_an_arc_and_a_circle_say_their_figures_under_the_mouse(open_page: OpenPage) -> None:
    drawn = DrawnFlows(open_page(BELGIUM))
    widest = drawn.arcs()[0]
    assert drawn.hover(*drawn.top_of(widest)) == f"{FLOW_SAID}{ROUNDED}"
    back = next(arc for arc in drawn.arcs() if arc["t"] == "Hauts-de-France")
    assert drawn.hover(*drawn.top_of(back)).startswith("Belgique → Hauts-de-France environ 10 000")
    place = next(place for place in drawn.places() if place["i"] == PLACE)
    said = drawn.hover(*place["p"])
    assert said.startswith("Hauts-de-France ")
    assert "23 700" in said
    assert "10 000" in said


def test_a_click_on_an_arc_or_a_circle_chooses_it(open_page: OpenPage) -> None:
    reader = open_page(BELGIUM)
    drawn = DrawnFlows(reader)
    place = next(place for place in drawn.places() if place["i"] == PLACE)
    drawn.click(*drawn.top_of(drawn.arcs()[0]))
    assert reader.query["choix"] == FLOW
    assert reader.plain(CHOSEN) == (
        f"Hauts-de-France → Belgique : 23 700{ROUNDED} Belgique → Hauts-de-France : environ 10 000"
    )
    assert reader.plain(f"{BARS} tr.chosen th") == "Hauts-de-France → Belgique"
    drawn.wait_for_chosen(arcs=1, places=0)
    drawn.click(*place["p"])
    assert reader.query["choix"] == PLACE
    assert reader.plain(CHOSEN).startswith("Hauts-de-France ")
    drawn.wait_for_chosen(arcs=0, places=1)


def test_the_same_choice_by_list(open_page: OpenPage) -> None:
    reader = open_page(BELGIUM)
    reader.choose(CHOICE, "Hauts-de-France → Belgique")
    drawn = DrawnFlows(reader)
    assert reader.query["choix"] == FLOW
    assert "23 700" in reader.plain(CHOSEN)
    drawn.wait_for_chosen(arcs=1, places=0)


def test_the_same_choice_by_keyboard_alone(open_page: OpenPage) -> None:
    reader = open_page(BELGIUM)
    keyboard = reader.page.keyboard
    walk_to(reader, CHOICE)
    keyboard.press("ArrowDown")
    option = reader.page.get_by_role("option", name="Hauts-de-France → Belgique", exact=True)
    expect(option).to_be_visible()
    keyboard.press("Escape")
    expect(option).to_be_hidden()
    assert reader.query["choix"] == "aucun"
    keyboard.press("ArrowDown")  # opens the list on what follows the choice in force
    expect(option).to_be_visible()
    with reader.changing_the_address():
        keyboard.press("Enter")
    assert reader.query["choix"] == FLOW
    assert "23 700" in reader.plain(CHOSEN)
    DrawnFlows(reader).wait_for_chosen(arcs=1, places=0)


def test_a_filter_leaves_the_map_where_its_reader_moved_it_and_a_button_brings_it_back(
    open_page: OpenPage,
) -> None:
    reader = open_page(BELGIUM)
    drawn = DrawnFlows(reader)
    first, moved = drawn.view, drawn.drag_and_zoom()
    assert abs(moved["longitude"] - first["longitude"]) > 0.05
    reader.switch("Sens", "Sortants")
    drawn.wait()
    assert len(drawn.arcs()) == 2
    assert all(abs(drawn.view[name] - moved[name]) < SAME for name in moved)
    reader.page.get_by_role("button", name="Recentrer").click()
    reader.page.wait_for_function(
        "zoom => Math.abs(window.observed.flowView().zoom - zoom) < 0.01", arg=first["zoom"]
    )
    assert abs(drawn.view["longitude"] - first["longitude"]) < 0.001


def walk_to(reader: Reader, label: str, most: int = 60) -> None:
    """Press the tabulator until the keyboard is on the control of that name."""
    reader.page.locator("body").focus()
    for _ in range(most):
        reader.page.keyboard.press("Tab")
        if label in reader.page.evaluate("window.observed.focused()"):
            return
    raise AssertionError(f"the keyboard does not come to {label!r}")
