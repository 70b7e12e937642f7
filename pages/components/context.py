"""What the frame hands to every page: the reader's language, territory, year and screen."""

from __future__ import annotations

from dataclasses import dataclass

from streamlit.delta_generator import DeltaGenerator

from pages.components.theme import Palette
from pages.components.words import Words
from warehouse.queries import places
from warehouse.queries.places import Sides, Territory

LATEST = "derniere"
LARGE_TYPE = 22 / 16
PHONE_MARGIN = 16
MOST_NAMED = 3  # countries on the other side; France faces eight


@dataclass(frozen=True)
class Screen:
    """Inner size of the reader's window in CSS pixels, as the browser reported it."""

    width: int
    height: int
    large_type: bool = False

    @property
    def is_phone(self) -> bool:
        return self.width <= 640

    def fit(self, width: int) -> int:
        """Width of a control that is `width` at normal type: wider in large type, never beyond the window."""
        return min(int(width * LARGE_TYPE if self.large_type else width), self.width - 2 * PHONE_MARGIN)


@dataclass(frozen=True)
class Context:
    """`year` is None for the latest of each indicator, else a year after which nothing is used."""

    words: Words
    palette: Palette
    screen: Screen
    territory: Territory
    sides: Sides
    year: str | None
    large_type: bool
    build_id: str
    filters: DeltaGenerator  # where a page draws its own filters: in the row all pages share

    @property
    def look(self) -> tuple[object, ...]:
        """What a drawing for this reader depends on beside the figures: it is kept under this."""
        return (
            self.build_id,
            self.territory.territory_id,
            self.year,
            self.words.language,
            self.palette.name,
            self.screen,
        )

    def side_name(self, side: str) -> str:
        """côté français, or the other side by the countries that make it: côtés allemand et suisse."""
        if side == "french":
            return self.words("side.french")
        there = places.countries(self.sides.other)
        countries = [country for country in places.NEIGHBOURS if country in there]
        if not 0 < len(countries) <= MOST_NAMED:
            return self.words("side.other")
        across = self.words.listing([self.words(f"across.{country}") for country in countries])
        return self.words("side.one" if len(countries) == 1 else "side.many", across=across)
