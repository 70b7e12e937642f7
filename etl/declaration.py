"""What we declare about sources: providers, units, caveats, datasets. etl/declare.py reads them from TOML."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from etl.request import Endpoint, Request
from warehouse.result import Text

ETL = Path(__file__).resolve().parent
OBSERVATORY = "observatoire"  # the provider of what we compute ourselves
FACETS = ("sex", "age", "other")


@dataclass(frozen=True)
class Provider:
    """Who publishes. `citation` is how they ask to be named.

    `countries` are the ISO codes they measure, empty for every country we hold.
    """

    provider_id: str
    name: str
    homepage: str
    licence: str
    licence_url: str
    citation: str
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """`symbol` stands after a figure; its texts are empty for a plain number."""

    unit_id: str
    label: Text
    symbol: Text


@dataclass(frozen=True)
class Caveat:
    """A warning of one sentence that follows a figure wherever it goes."""

    caveat_id: str
    text: Text


@dataclass(frozen=True)
class PlaceRule:
    """Which column holds the place, in which scheme of codes.

    `keep` are prefixes of the codes that enter the extract, `codes` those that enter alone, such as a country
    of which only the regions near the border are held. Both empty: all. `level` holds back every territory of
    another level, for files that mix municipalities with provinces. `towards` is the column of the other end,
    kept alike, where a row is of two places; `towards_scheme` is its scheme, None for the same.
    """

    column: str
    scheme: str
    keep: tuple[str, ...]
    codes: tuple[str, ...]
    towards: str | None
    towards_scheme: str | None
    level: str | None


@dataclass(frozen=True)
class PeriodRule:
    """Which column holds the period and how it is written.

    `first` and `last` are periods of ours, 2015 or 2015-Q1; None is no limit. `at` is the only period of a
    file that has no column of them. `apart` is how many years two periods must be apart to compare, None
    where any two do: editions of a census that are closer count in part the same answers.
    """

    column: str
    form: str
    first: str | None
    last: str | None
    at: str | None
    apart: int | None


@dataclass(frozen=True)
class FlowRule:
    """How a whole file of home and work becomes flows: [places] holds where people live.

    `destination` are the columns of where they work, of which the first that is filled in counts. What stands
    there is a code of the scheme of [places], or one of `inside`: in the country where they live; one of
    `unstated`: nobody says where; one of `unnamed`: abroad, without saying where; a code of the scheme
    `abroad`; a text that fits a pattern of `countries` (ISO codes by pattern); with `elsewhere` anything else
    is a country we do not hold, without it an error.

    `around` is the scheme of what holds a place of residence that we do not, by the beginning of its code.
    `mode` is the column of how they go there and `modes` its codes in our terms; `modes_until` are those of
    the editions up to a period. Where `repeats`, the rows of
    a pair are added up: answers with their weight, or men and women. `indicator`, declared in the same file,
    counts those who cross a border by pair of places; every other indicator counts residents.
    """

    destination: tuple[str, ...]
    indicator: str
    definition: str
    abroad: str | None
    around: str | None
    inside: tuple[str, ...]
    unstated: tuple[str, ...]
    unnamed: tuple[str, ...]
    countries: Mapping[str, str]
    elsewhere: bool
    mode: str | None
    modes: Mapping[str, str]
    modes_until: Mapping[str, Mapping[str, str]]
    repeats: bool


@dataclass(frozen=True)
class IndicatorHead:
    """What a reader is told about an indicator, whether published or computed by us.

    A rate may name `numerator` and `denominator`, two indicators of ours: sum / sum * `scale` is its value
    for an area. `headline` is its rank on the identity card, None when not on it; `stands_in_for` names the
    one on the card whose place it takes on a side that one never tells. A value outside `minimum` and
    `maximum` is faulty.
    """

    indicator_id: str
    theme: str
    label: Text
    description: Text
    unit: str
    kind: str
    decimals: int
    good: str
    minimum: float | None
    maximum: float | None
    numerator: str | None
    denominator: str | None
    scale: float | None
    headline: int | None
    stands_in_for: str | None
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Indicator:
    """A published indicator: the rows where each column of `where` holds one of the given values.

    `facets` maps sex, age and other to the provider's columns; a facet without a column is the total.
    """

    head: IndicatorHead
    where: Mapping[str, tuple[str, ...]]
    facets: Mapping[str, str]


@dataclass(frozen=True)
class Ratio:
    """A rate we compute: `of` / `over` * `scale`, wherever both exist for a territory, period and facets."""

    head: IndicatorHead
    of: str
    over: str
    scale: float


@dataclass(frozen=True)
class Definition:
    """What a published flow counts: one count of workers is not another.

    A flow has the definition that names its comparable group, else the one that has its source's wording.
    `editions` are the groups of a statistic that is revised, oldest first. `status` is a letter of
    CL_OBS_STATUS, E for what the source calls an estimate. Of what is `unsourced` nobody says who counted.
    """

    definition_id: str
    label: Text
    wordings: tuple[str, ...]
    groups: tuple[str, ...]
    editions: tuple[str, ...]
    status: str
    caveats: tuple[str, ...]
    unsourced: bool


@dataclass(frozen=True)
class Dataset:
    """One dataset of one provider, as declared in one TOML file whose stem is its id.

    `archive` are globs below the folder given to `extract`; empty for figures transcribed by hand.
    `keep` lists, by dimension, the values that enter the extract; `reader` holds the options of the reader
    `format`. `request` says how the provider is asked, None where a person brings the file.
    """

    dataset_id: str
    provider: Provider
    title: Text
    homepage: str
    url: str
    licence: str
    licence_url: str
    format: str
    feeds: str
    archive: tuple[str, ...]
    origin: str
    vintage: str
    published: date | None
    frequency: str
    file: Path
    reader: Mapping[str, Any] = field(default_factory=dict)
    request: Request | None = None
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: PlaceRule | None = None
    period: PeriodRule | None = None
    flow: FlowRule | None = None
    indicators: tuple[Indicator, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    definitions: tuple[Definition, ...] = ()

    @property
    def heads(self) -> tuple[IndicatorHead, ...]:
        """Every indicator declared here, published or computed."""
        return tuple(each.head for each in self.indicators) + tuple(each.head for each in self.ratios)

    @property
    def next_comes(self) -> str:
        """How its next edition comes: refresh; fetch, on a person's command; file, of no sure address; hand.

        By hand comes what no provider has as a file: a person writes it down.
        """
        if self.request is not None:
            return "fetch" if self.request.by_hand else "refresh"
        return "hand" if self.origin in ("published", "proposed") else "file"

    @property
    def is_carried(self) -> bool:
        """Whether the project carries an extract of it. What is not is *non chargé* until a refresh."""
        return self.request is None or bool(self.archive)


@dataclass(frozen=True)
class Known:
    """The closed lists a declaration may refer to."""

    providers: Mapping[str, Provider]
    endpoints: Mapping[str, Endpoint]
    units: Mapping[str, Unit]
    caveats: Mapping[str, Caveat]
    formats: Collection[str]
    feeds: Collection[str]
