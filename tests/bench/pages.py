"""What the bench has to know of each page: the only table to touch when a page changes."""

from __future__ import annotations

from dataclasses import dataclass

KEY_FIGURES = '[data-testid="key-figures"]'


@dataclass(frozen=True)
class Filter:
    """A select box, by its parameter in the address, and two values of it that change the map."""

    parameter: str
    values: tuple[str, str]


@dataclass(frozen=True)
class BenchedPage:
    """A page, what varies from one rerun to the next, and whether it carries a map."""

    path: str
    filter: Filter
    has_map: bool = True


PAGES = (
    BenchedPage("/", Filter("annee", ("2023", "2022"))),
    BenchedPage("/flux", Filter("sens", ("sortants", "entrants"))),
    BenchedPage("/emploi", Filter("annee", ("2023", "2022"))),
    BenchedPage("/mobilite", Filter("lang", ("fr", "nl")), has_map=False),
    BenchedPage("/rencontres", Filter("vue", ("participants", "votes"))),
    BenchedPage("/strategie", Filter("partie", ("interreg", "mot")), has_map=False),
    BenchedPage("/methode", Filter("lang", ("fr", "nl")), has_map=False),
)

# Where "filter changed → map redrawn" is measured, with a click on the screen.
CLICKED = PAGES[2]
