"""A map that its reader moves, filters and resizes: it stays the same map."""

from __future__ import annotations

from tests.browser.conftest import OpenPage
from tests.browser.drawn_map import DrawnMap
from tests.browser.reader import Reader
from warehouse.queries import places

RESET = "Revenir au cadrage de départ"
MOVE = "Plotly.relayout(document.querySelector('.js-plotly-plot'), {'map.zoom': 8.5})"


def test_another_year_redraws_the_same_map_where_its_reader_left_it(open_page: OpenPage) -> None:
    """tgs00010, line 13: BE32 10.5 in 2022 and 9.0 in 2025."""
    reader = open_page("/emploi")
    reader.page.evaluate("window.kept = document.querySelector('.maplibregl-canvas')")
    reader.page.evaluate(MOVE)
    reader.choose("Année", "2022")
    drawn = DrawnMap(reader)
    assert drawn.labels["Hainaut"] == "10,5 %"
    assert reader.page.evaluate("window.kept === document.querySelector('.maplibregl-canvas')")
    assert zoom(reader) == 8.5


def test_another_territory_is_fitted_and_a_moved_map_can_be_brought_back(open_page: OpenPage) -> None:
    reader = open_page("/emploi")
    button = reader.page.get_by_role("button", name=RESET)
    first = zoom(reader)
    assert not button.is_visible()
    reader.page.evaluate(MOVE)
    button.click()
    reader.wait_until_still()
    assert abs(zoom(reader) - first) < 0.01
    assert not button.is_visible()

    reader.page.evaluate(MOVE)
    reader.choose("Territoire", "Ardennes – périmètre indicatif")
    left, top, right, bottom = DrawnMap(reader).room_taken_by(*places.sides("RT-ARDENNES").all)
    assert min(left, top) >= 0
    assert 0.7 < max(right - left, bottom - top) < 1


def test_a_window_made_narrower_still_holds_the_whole_territory(open_page: OpenPage) -> None:
    reader = open_page("/emploi", width=1366)
    reader.page.set_viewport_size({"width": 900, "height": 768})
    reader.wait_until_still()
    left, top, right, bottom = DrawnMap(reader).room_taken_by(*places.sides("INTERREG-FWV").all)
    assert min(left, top) >= 0
    assert max(right, bottom) <= 1


def zoom(reader: Reader) -> float:
    found: float = reader.page.evaluate("window.observed.map().getZoom()")
    return found
