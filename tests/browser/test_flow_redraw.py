"""The map of flows between two choices: it stays the same map, and says what it waits for and what it lacks.

Figures are those of published_flows.csv for France and Belgium in 2017: three flows, two into Belgium.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.drawn_flows import DrawnFlows
from tests.browser.reader import MAP_MS, Reader

BELGIUM = "/flux?frontiere=BE"
SHAPES = "**/api/v1/flows/map?*"
STATE = ".drawing .state"
WAITING, FAILED = "La carte se charge…", "La carte n’a pas pu être dessinée"
# How many flows stand on each picture that is drawn from now on.
WATCH = """() => {
    window.pictures = [];
    const deck = window.observed.deck();
    deck.setProps({ onAfterRender: () => window.pictures.push(window.observed.shapes("arcs").length) });
}"""


def test_another_choice_draws_one_picture_on_the_same_canvas(open_page: OpenPage) -> None:
    reader = open_page(BELGIUM)
    drawn = DrawnFlows(reader)
    assert len(drawn.arcs()) == 3
    reader.page.evaluate("window.kept = window.observed.deck().canvas")
    reader.page.evaluate(WATCH)
    reader.switch("Sens", "Sortants")
    drawn.wait()
    assert set(reader.page.evaluate("window.pictures")) == {2}
    assert reader.page.evaluate("window.kept === window.observed.deck().canvas && window.kept.isConnected")


def test_what_was_read_is_not_asked_for_again(open_page: OpenPage) -> None:
    reader = open_page(BELGIUM)
    drawn = DrawnFlows(reader)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.switch("Sens", "Sortants")
    drawn.wait()
    ours = [address for address in asked if "/api/" in address or "/geo/" in address]
    assert ours
    assert all("direction=out" in address for address in ours)
    asked.clear()
    reader.switch("Sens", "Tous")
    drawn.wait()
    assert [address for address in asked if "/api/" in address or "/geo/" in address] == []
    assert len(drawn.arcs()) == 3


def test_flows_that_cannot_be_read_are_said_to_be_missing_and_come_back(open_page: OpenPage) -> None:
    reader = open_page(BELGIUM)
    drawn = DrawnFlows(reader)
    reader.page.route(SHAPES, lambda route: route.abort())
    reader.switch("Sens", "Sortants")
    expect(reader.page.locator(STATE)).to_contain_text(FAILED)
    assert drawn.arcs() == []
    reader.page.unroute(SHAPES)
    reader.switch("Sens", "Entrants")
    drawn.wait()
    expect(reader.page.locator(STATE)).to_be_empty()
    assert len(drawn.arcs()) == 1


def test_a_map_says_that_it_is_coming(open_page: OpenPage) -> None:
    reader = open_page("/methode")
    held: list[Route] = []
    reader.page.route(SHAPES, lambda route: held.append(route))
    reader.page.goto(reader.origin + BELGIUM)
    expect(reader.page.locator(STATE)).to_have_text(WAITING, timeout=MAP_MS)
    reader.page.wait_for_function("() => window.observed.shapes('ground').features?.length > 0")
    for route in held:
        route.continue_()
    reader.page.unroute(SHAPES)
    DrawnFlows(reader)
    expect(reader.page.locator(STATE)).to_be_empty()


def test_a_window_made_narrower_still_holds_every_place(open_page: OpenPage) -> None:
    reader = open_page(BELGIUM, width=1366)
    drawn = DrawnFlows(reader)
    reader.page.set_viewport_size({"width": 900, "height": 768})
    reader.page.wait_for_function("zoom => window.observed.flowView().zoom < zoom", arg=drawn.view["zoom"])
    width = reader.page.evaluate("window.observed.deck().canvas.clientWidth")
    for place in drawn.places():
        x, _ = reader.page.evaluate("p => window.observed.deck().getViewports()[0].project(p)", place["p"])
        assert 0 < x < width


def test_the_dark_theme_takes_the_colours_of_flows_that_are_there(open_page: OpenPage) -> None:
    reader = open_page(BELGIUM)
    drawn = DrawnFlows(reader)
    light = first_colour(reader)
    reader.page.emulate_media(color_scheme="dark")
    # The script learns of the theme when it runs.
    reader.choose("Choisir un flux ou un lieu", "Hauts-de-France → Belgique")
    drawn.wait_for_chosen(arcs=1, places=0)
    reader.page.wait_for_function("light => window.observed.colours('arcs')[0] !== light", arg=light)
    assert len(drawn.arcs()) == 3


def test_a_word_of_a_readers_file_is_text_on_the_map(open_page: OpenPage, tmp_path: Path) -> None:
    file = tmp_path / "flux.csv"
    file.write_text("origine;destination;nombre;categorie\n62;BE32;4000;<i>tous</i>\n", encoding="utf-8")
    reader = open_page("/flux?vue=donnees&frontiere=BE")
    reader.page.set_input_files('input[type="file"]', file)
    reader.page.wait_for_selector('[data-testid="own-largest"]')
    reader.wait_until_still()
    drawn = DrawnFlows(reader)
    assert "<i>tous</i>" in drawn.hover(*drawn.top_of(drawn.shapes("own")[0]))


def first_colour(reader: Reader) -> int:
    found: int = reader.page.evaluate("window.observed.colours('arcs')[0]")
    return found
