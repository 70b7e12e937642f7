"""What every question to the warehouse returns: figures that cannot lose their unit and source on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, TypeVar

import pandas

Item = TypeVar("Item")
Language = Literal["fr", "nl", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "nl", "en")


@dataclass(frozen=True)
class Text:
    """One sentence or label in the three languages of the interface."""

    fr: str
    nl: str
    en: str

    def __getitem__(self, language: str) -> str:
        return {"fr": self.fr, "nl": self.nl, "en": self.en}[language]


@dataclass(frozen=True)
class Source:
    """Where figures come from: a dataset of a provider, in one edition."""

    dataset_id: str
    provider_id: str
    provider: str
    title: Text
    homepage: str
    url: str
    licence: str
    licence_url: str
    citation: str
    vintage: str
    origin: str
    frequency: str
    published_at: date | None
    fetched_at: datetime | None


@dataclass(frozen=True)
class Caveat:
    """A named warning that follows a figure wherever it is shown."""

    caveat_id: str
    text: Text


@dataclass(frozen=True)
class Indicator:
    """What is measured. `symbol` stands after a figure and may be empty; `decimals` is how many are shown.

    `years_apart` is how far two of its years must be to compare, None where any two do.
    """

    indicator_id: str
    dataset_id: str
    theme: str
    label: Text
    description: Text
    unit: Text
    symbol: Text
    kind: Literal["rate", "count", "amount"]
    decimals: int
    good: Literal["up", "down", "neutral"]
    numerator_id: str | None
    denominator_id: str | None
    scale: float | None
    headline: int | None
    stands_in_for: str | None
    caveats: tuple[str, ...]
    years_apart: int | None = None


@dataclass(frozen=True)
class Result:
    """A frame and all that is needed to show it: its indicators, their sources and their caveats.

    The frame is never changed in place by those who receive it.
    """

    frame: pandas.DataFrame
    indicators: tuple[Indicator, ...]
    sources: tuple[Source, ...]
    caveats: tuple[Caveat, ...] = ()

    @property
    def is_empty(self) -> bool:
        return bool(self.frame.empty)

    @property
    def indicator(self) -> Indicator:
        """The only indicator of the result; ValueError when there are several or none."""
        (only,) = self.indicators
        return only

    def with_frame(self, frame: pandas.DataFrame) -> Result:
        return replace(self, frame=frame)


def joined(results: Iterable[Result]) -> Result:
    """The rows of several results of the same columns, one after the other, with all that goes with them."""
    whole = list(results)
    return Result(
        frame=pandas.concat([result.frame for result in whole], ignore_index=True),
        indicators=distinct(item for result in whole for item in result.indicators),
        sources=distinct(item for result in whole for item in result.sources),
        caveats=distinct(item for result in whole for item in result.caveats),
    )


def distinct(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items without repetition, in order of first appearance."""
    return tuple(dict.fromkeys(items))
