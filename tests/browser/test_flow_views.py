"""Flux beside its map, in Chromium: sources side by side, a balance, and a reader's own file on the map."""

from __future__ import annotations

from pathlib import Path

from tests.browser.conftest import OpenPage
from tests.browser.drawn_flows import DrawnFlows

OWN = "origine;destination;nombre\nFRE11;BE32;12345,5\n62;BE;4000\n59;59;3\n"
COMPARED = '[data-testid="matrix-compare"]'
BALANCE = '[data-testid="matrix-balance"]'


def test_sources_stand_side_by_side_and_any_may_be_the_reference(open_page: OpenPage) -> None:
    reader = open_page("/flux?vue=sources&frontiere=BE")
    assert reader.title == "France → Belgique : de 39 466 à 46 000 travailleurs selon la source, 2021–2023"
    assert reader.page.locator(f"{COMPARED} tbody tr").count() == 5
    assert reader.page.locator(f"{COMPARED} .grade.not_comparable").count() == 4
    reader.switch("Vue", "Bilan")
    assert reader.query["vue"] == "bilan"
    assert "+31 075" in reader.plain(f"{BALANCE} tbody tr")
    assert reader.console_errors == []
    assert reader.foreign_requests == []


def test_a_phone_reads_each_source_from_top_to_bottom(open_page: OpenPage) -> None:
    reader = open_page("/flux?vue=sources&frontiere=BE", width=390, height=844, dark=True)
    assert reader.overflowing == []
    width = reader.page.locator(f"{COMPARED} tbody th").first.bounding_box()
    assert width is not None
    assert width["width"] > 300


def test_a_readers_own_file_is_on_the_map_and_its_fault_is_told(open_page: OpenPage, tmp_path: Path) -> None:
    file = tmp_path / "mes flux.csv"
    file.write_text(OWN, encoding="cp1252")
    reader = open_page("/flux?vue=donnees&frontiere=BE")
    assert (
        reader.page.locator("section button p").first.evaluate(
            "button => getComputedStyle(button, '::after').content"
        )
        == '"Choisir un fichier"'
    )
    reader.page.set_input_files('input[type="file"]', file)
    reader.page.wait_for_selector('[data-testid="own-largest"]')
    reader.wait_until_still()
    assert reader.title == "2 flux dans votre fichier, 16 346 personnes"
    assert "ligne 4, colonne « destination »" in reader.plain('[data-testid="own-faults"]')
    drawn = DrawnFlows(reader)
    assert [(place["t"], place["v"].replace("\u202f", " ")) for place in drawn.shapes("own-places")] == [
        ("Hainaut", "0 en partent, 12 346 y arrivent"),
        ("Nord", "12 346 en partent, 0 y arrivent"),
        ("Pas-de-Calais", "4 000 en partent, 0 y arrivent"),
    ]
    assert "mes" not in reader.page.url
    assert reader.console_errors == []
    assert reader.policy_violations == []
