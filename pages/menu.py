"""The pages in the order of the menu. A page enters the site by a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pages import employment, flows, home, meetings, method, mobility, strategy
from pages.components.context import Context


@dataclass(frozen=True)
class Entry:
    """One page of the menu."""

    name: str
    path: str
    show: Callable[[Context], None]
    default: bool = False
    of_a_territory: bool = True  # whether the choice of a territory and a year means anything there


PAGES = (
    Entry("home", "accueil", home.show, default=True),
    Entry("flows", "flux", flows.show, of_a_territory=False),
    Entry("employment", "emploi", employment.show),
    Entry("mobility", "mobilite", mobility.show),
    Entry("meetings", "rencontres", meetings.show, of_a_territory=False),
    Entry("strategy", "strategie", strategy.show, of_a_territory=False),
    Entry("method", "methode", method.show, of_a_territory=False),
)
