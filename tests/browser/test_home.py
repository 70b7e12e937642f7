"""Accueil: both sides in figures, and a map on which one chooses a territory."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.drawn_map import DrawnMap
from warehouse.queries import places

FIGURES = '[data-testid="key-figures"]'
LEGEND = '[data-testid="legend"]'
NAMUR = (4.85, 50.3)


def test_the_figures_of_both_sides_stand_beside_a_map_of_the_perimeter(open_page: OpenPage) -> None:
    """demo_r_pjanaggr3.tsv 2025: FRE + FRF21 + FRF23 = 6 796 189 (lines 22371, 22384, 22386), the six Belgian
    members = 4 126 516 (lines 21499, 21500, 21505, 21517, 21537, 21543).
    tgs00010 2025: FRE1 9.0, FRE2 7.5, FRF2 7.0; BE23 to BE35 from 3.0 (BE25) to 9.0 (BE32).
    """
    reader = open_page("/")
    figures = reader.plain(FIGURES)
    assert "6,80 M hab. côté français · 2025 ᵖ" in figures
    assert "4,13 M hab. côté belge · 2025" in figures
    assert "7,0–9,0 % côté français · 2025 ᵈ · 3 régions" in figures
    assert "3,0–9,0 % côté belge · 2025 · 5 régions" in figures

    drawn = DrawnMap(reader)
    assert drawn.labels["Hainaut"] == "9,0 %"
    assert drawn.labels["Flandre-Occidentale"] == "3,0 %"
    assert drawn.outlined == ["INTERREG-FWV"]
    assert drawn.border_is_over_the_figures


def test_touching_a_territory_chooses_it_for_the_page_and_the_address(open_page: OpenPage) -> None:
    """demo_r_pjanaggr3.tsv, A,NR,T,TOTAL,BE35: 509 771 in 2025."""
    reader = open_page("/")
    drawn = DrawnMap(reader)
    drawn.touch(*NAMUR)
    assert reader.query["territoire"] == "BE35"
    assert reader.page.get_by_role("combobox", name="Territoire").input_value().startswith("Namur")
    assert "BE35" in drawn.outlined
    assert reader.plain(".subtitle").startswith("Namur")
    assert "509 771 hab. côté belge · 2025" in reader.plain(FIGURES)


def test_what_is_not_observed_is_dotted_and_said(open_page: OpenPage) -> None:
    """Insee measures localised unemployment in France alone: the Belgian side has dots, not a figure."""
    reader = open_page("/emploi?indicateur=unemployment_rate_localised")
    assert "non observé de ce côté" in reader.plain(LEGEND)
    dots = [trace for trace in DrawnMap(reader).traces if trace["mode"] == "markers"]
    assert dots
    assert all(trace["points"] > 100 for trace in dots)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_map_holds_its_whole_territory(open_page: OpenPage, width: int, height: int) -> None:
    reader = open_page("/?territoire=INTERREG-FWV", width=width, height=height)
    left, top, right, bottom = DrawnMap(reader).room_taken_by(*places.sides("INTERREG-FWV").all)
    assert min(left, top) >= 0
    assert max(right, bottom) <= 1
    assert max(right - left, bottom - top) > 0.7


def test_on_a_phone_the_figures_come_before_the_map(open_page: OpenPage) -> None:
    page = open_page("/", width=390, height=844).page
    figures, drawn = page.locator(FIGURES).bounding_box(), page.locator(".maplibregl-canvas").bounding_box()
    assert figures
    assert drawn
    assert figures["y"] + figures["height"] <= drawn["y"]
    assert figures["width"] == pytest.approx(390 - 2 * 16, abs=1)
