"""Flux in a browser: the map is drawn from our own addresses alone, within the policy."""

from __future__ import annotations

from tests.browser.conftest import OpenPage

MAP = ".drawing .deck canvas"
COVERAGE = '[data-testid="coverage"]'


def test_the_map_asks_nobody_but_us_and_keeps_to_the_policy(open_page: OpenPage) -> None:
    reader = open_page("/flux?frontiere=CH")
    reader.page.locator(MAP).first.wait_for()
    reader.page.wait_for_timeout(1000)
    assert reader.foreign_requests == []
    assert reader.policy_violations == []
    assert reader.console_errors == []
    assert reader.exceptions == []
    assert reader.page.locator('script[src^="/lib/deck-"]').count() == 1  # the document's own is waited for
    assert "6 flux affichés sur 6, soit 93 % des 215 200 travailleurs" in reader.plain(COVERAGE)
