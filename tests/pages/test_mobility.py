"""Mobilité, view by view, with figures checked by hand in the providers' files."""

from __future__ import annotations

import pytest

from tests.pages.reading import Reading, read

pytestmark = pytest.mark.usefixtures("warehouse")


def test_the_links_a_meeting_named_are_told_with_their_line() -> None:
    """Account of Hauts-de-France 2021: Lille-Courtrai on line 107, Antwerp on 120, pleasure boats on 161."""
    reading = read("mobility", vue="liaisons")
    links = reading.block("ledger-links")
    assert "Lille – Courtrai à améliorer La ligne qui existe est à améliorer ligne 107" in links
    assert "Port d’Anvers – frontière française à étudier" in links
    assert "ligne 161" in links
    assert links.count("extrémités non précisées") == 4
    assert reading.says("2 lignes ferroviaires seulement")


def test_beside_the_links_stands_what_the_rencontres_asked_for() -> None:
    """8 votes (line 9), 9 territories (275), 5 expect it of the MOT (311), the shared idea (331 to 347)."""
    reading = read("mobility", vue="liaisons")
    units = reading.block("units")
    assert "8 votes niveau 1, rencontre Hauts-de-France 2021" in units
    assert "9 sur 9 territoires qui en font une priorité locale" in units
    assert "5 sur 9 territoires qui y attendent la MOT" in units
    assert "« Grenelle des mobilités »" in reading.block("shared")
    # What the list of links says already is not said twice.
    assert "ligne 107" not in reading.block("objectives")
    assert "ligne 122" in reading.block("objectives")


def test_the_table_of_the_links_says_what_the_list_says() -> None:
    table = Reading("mobility", vue="liaisons").unfold("mobilite-liaisons")
    assert len(table) == 7
    assert list(table["line"]) == [109, 107, 120, 112, 104, 118, 161]
