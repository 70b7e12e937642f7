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
    """A page, what varies from one rerun to the next, and whether it carries a map.

    `view` is the part of the address that chooses one of its views, empty for its first.
    """

    path: str
    filter: Filter
    has_map: bool = True
    view: str = ""

    @property
    def address(self) -> str:
        return f"{self.path}?{self.view}" if self.view else self.path

    def query(self, value: str) -> str:
        """The query string of its view with one value of the filter."""
        return "&".join(part for part in (self.view, f"{self.filter.parameter}={value}") if part)


PAGES = (
    BenchedPage("/", Filter("annee", ("2023", "2022"))),
    BenchedPage("/flux", Filter("sens", ("sortants", "entrants"))),
    BenchedPage("/emploi", Filter("annee", ("2023", "2022"))),
    BenchedPage("/mobilite", Filter("lang", ("fr", "nl")), has_map=False),
    BenchedPage("/mobilite", Filter("annee", ("2023", "2022")), view="vue=nuitees"),
    BenchedPage("/rencontres", Filter("vue", ("participants", "votes"))),
    BenchedPage("/strategie", Filter("partie", ("interreg", "mot")), has_map=False),
    BenchedPage("/methode", Filter("lang", ("fr", "nl")), has_map=False),
)

# Where "filter changed → map redrawn" is measured, with a click on the screen.
CLICKED = PAGES[2]

# Belgian municipalities beside the other regions of the Grande Région, in two years of their fiscal income.
MUNICIPALITIES = BenchedPage(
    "/emploi",
    Filter("annee", ("2012", "2011")),
    view="indicateur=fiscal_income_per_declaration&territoire=RT-GRANDE-REGION",
)
