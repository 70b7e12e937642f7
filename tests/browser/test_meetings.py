"""Rencontres: the votes on the map, and how many came."""

from __future__ import annotations

from tests.browser.conftest import OpenPage
from tests.browser.drawn_map import DrawnMap

BARS = '[data-testid="bars-votes"]'
LEGEND = '[data-testid="legend"]'
NO_REPORT = "compte rendu non disponible"


def test_one_territory_carries_its_votes_and_eight_are_said_to_have_no_account(open_page: OpenPage) -> None:
    """Account of 2021, lines 5 to 15: 52 votes in all, 8 of them for Mobilité."""
    reader = open_page("/rencontres")
    drawn = DrawnMap(reader)
    labels = drawn.labels
    assert labels.pop("Hauts-de-France") == "52 votes"
    assert list(labels.values()) == [""] * len(labels)
    assert NO_REPORT in reader.plain(LEGEND)
    captions = reader.page.get_by_test_id("stCaptionContainer").all_inner_texts()
    (missing,) = (text for text in captions if text.startswith("Compte rendu non disponible"))
    assert missing.count(",") + 2 == 8
    assert drawn.outlined == ["RT-HAUTS-DE-FRANCE"]
    assert drawn.border_is_over_the_figures
    hatched, solid = (len(trace["places"]) for trace in drawn.traces if trace["places"])
    assert (hatched, solid) == (8, 1)
    assert any(trace["mode"] == "lines" for trace in drawn.traces)
    assert reader.page.locator(f"{BARS} .bar").count() == 9
    assert reader.page.locator(f"{BARS} .chosen").count() == 0

    reader.choose("Thème", "Mobilité")
    assert reader.query["theme"] == "mobilite"
    assert reader.plain(f"{BARS} .label.chosen") == "Mobilité"
    assert reader.page.locator(f"{BARS} .bar.chosen").count() == 1
    assert drawn.labels["Hauts-de-France"] == "8 votes"


def test_the_nine_territories_wear_a_disc_for_each_year(open_page: OpenPage) -> None:
    """Account of 2021, lines 223 and 256: 94 in 2020, 195 in 2021; in Hauts-de-France 10, then 35."""
    reader = open_page("/rencontres")
    reader.switch("Afficher", "Participants")
    assert reader.query["vue"] == "participants"
    assert "94 participants en 2020, 195 en 2021" in reader.title
    drawn = DrawnMap(reader)
    assert len(drawn.labels) == 9
    assert drawn.labels["Hauts-de-France"] == "10 → 35"
    assert drawn.labels["Pyrénées Ouest"].startswith("18* →")
    discs = [trace for trace in drawn.traces if trace["sizes"]]
    assert [len(trace["sizes"]) for trace in discs] == [9, 9]
    assert drawn.border_is_over_the_figures
    assert reader.plain(LEGEND).startswith("2020 2021 ")
