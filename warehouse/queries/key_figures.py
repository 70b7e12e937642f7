"""The identity card of a territory: the headline indicators on both sides of the border.

One row an indicator and a side. `form` says how to read it:

* value: the territory's own figure, the sum of the members of a side (or of all their municipalities), or
  a rate computed from such sums of its numerator and denominator (`computed` is true then); `without` are
  members that nobody measures, left out of it;
* range: a rate that cannot be computed for the side as a whole: its lowest and highest regions are given;
* none: no figure, and `reason` says why: later (the series starts after `until`), not_observed (nobody
  measures it on that side), partly_observed (measured in some of its countries only), not_loaded
  (published, absent from this build), no_side (nothing faces this territory in what we hold).

An indicator declared to stand in for another takes its place on a side that one never tells: the population
of a municipality, which Eurostat does not publish, beside that of the regions that face it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas

from warehouse import store
from warehouse.comparability import periods_to_join
from warehouse.queries import catalogue, places
from warehouse.queries.places import Side, Sides
from warehouse.result import Indicator, Result, distinct

# Finest first: a range is told by the finest regions that have the figure.
LEVELS_OF_A_RANGE = ("nuts3", "nuts2", "nuts1", "employment_zone", "country")

# What is only published here is added up to the members of a side.
FINEST_LEVEL = "municipality"

OBSERVATIONS = """
SELECT o.indicator_id, o.territory_id, o.period, o.period_start, o.value, o.status, o.flag_raw,
       t.level, t.name_fr, t.name_nl, t.name_en
FROM observation AS o JOIN territory AS t USING (territory_id)
WHERE list_contains($indicators, o.indicator_id) AND list_contains($territories, o.territory_id)
  AND o.sex = '_T' AND o.age = '_T' AND o.other = '_T' AND o.value IS NOT NULL
ORDER BY o.period_start
"""

# A rate we compute is observed where its numerator is.
PROVIDER_COUNTRIES = """
SELECT i.indicator_id, p.countries
FROM indicator AS i
JOIN indicator AS observed ON observed.indicator_id = coalesce(i.numerator_id, i.indicator_id)
JOIN dataset AS d ON d.dataset_id = observed.dataset_id
JOIN provider AS p USING (provider_id)
"""

COLUMNS = [
    "indicator_id", "side", "form", "reason", "period", "value", "low", "low_id", "high", "high_id",
    "regions", "level", "larger", "computed", "without", "status", "flag_raw",
]  # fmt: skip
HISTORY = ["indicator_id", "side", "period", "period_start", "value"]


@dataclass(frozen=True)
class Card:
    """The figures of both sides (COLUMNS) and, for the ones with a value, their history.

    `history` has indicator_id, side, period, period_start, value: the same figure in every period that a line
    may join.
    """

    figures: Result
    history: pandas.DataFrame


@dataclass(frozen=True)
class _Side:
    """One side of the card while it is being computed: its members and all observations that may count."""

    name: Side
    members: tuple[str, ...]
    observations: pandas.DataFrame
    covers: dict[str, pandas.DataFrame]


@dataclass(frozen=True)
class _Told:
    """What an indicator tells of one side: a row of COLUMNS, and its history where there is one."""

    indicator: Indicator
    figure: dict[str, object]
    history: pandas.DataFrame


def _told_on_its_side(entry: _Told, told: Sequence[_Told]) -> _Told:
    """The entry, or what stands in for it on its side when it has no figure there in any year."""
    if entry.figure["form"] != "none" or entry.figure["reason"] == "later":
        return entry
    return next(
        (
            other
            for other in told
            if other.indicator.stands_in_for == entry.indicator.indicator_id
            and other.figure["side"] == entry.figure["side"]
            and other.figure["form"] == "value"
        ),
        entry,
    )


@store.remembered
def card(sides: Sides, until: str | None = None) -> Card:
    """Key figures of both sides; `until` is a year: nothing later is used. None: the latest of each."""
    headline = [
        item for item in catalogue.indicators() if item.headline is not None and item.theme != "flows"
    ]
    headline.sort(key=lambda item: item.headline or 0)
    countries = _countries_measured()
    asked = [*headline, *(item for item in catalogue.indicators() if item.stands_in_for)]
    both = (_gather("french", sides.french, asked), _gather("other", sides.other, asked))
    told = [
        _Told(indicator, *_figure(indicator, side, until, countries[indicator.indicator_id]))
        for side in both
        for indicator in asked
    ]
    shown = _one_a_rank(headline, [entry.figure for entry in told if entry.indicator in headline])
    kept = [_told_on_its_side(entry, told) for entry in told if entry.indicator in shown]
    histories = [entry.history for entry in kept if not entry.history.empty]
    frame = pandas.DataFrame([entry.figure for entry in kept], columns=COLUMNS)
    return Card(
        figures=catalogue.result(frame, distinct((*shown, *(entry.indicator for entry in kept)))),
        history=pandas.concat(histories, ignore_index=True)
        if histories
        else pandas.DataFrame(columns=HISTORY),
    )


def _one_a_rank(headline: Sequence[Indicator], figures: Sequence[dict[str, object]]) -> list[Indicator]:
    """Of indicators that share a rank, the one that tells most of the two sides; the first of equals.

    The localised unemployment rate is published by department and by employment zone: a card shows the one
    that knows the chosen territory.
    """
    best = {"value": 2, "range": 1, "none": 0}
    sides_told = Counter[str]()
    for figure in figures:
        sides_told[str(figure["indicator_id"])] += best[str(figure["form"])]
    by_rank: dict[int, Indicator] = {}
    for indicator in headline:
        rank = indicator.headline or 0
        rival = by_rank.get(rank)
        if rival is None or sides_told[indicator.indicator_id] > sides_told[rival.indicator_id]:
            by_rank[rank] = indicator
    return list(by_rank.values())


def _countries_measured() -> dict[str, frozenset[str]]:
    frame = store.query(PROVIDER_COUNTRIES)
    return {row.indicator_id: frozenset(row.countries) for row in frame.itertuples()}


def _gather(name: Side, members: tuple[str, ...], headline: Sequence[Indicator]) -> _Side:
    levels = (*LEVELS_OF_A_RANGE, FINEST_LEVEL)
    covers = {level: places.cover(members, level) for level in levels} if members else {}
    territories = set(members).union(*(frame["territory_id"] for frame in covers.values()))
    needed = {item.indicator_id for item in headline}
    needed |= {part for item in headline for part in (item.numerator_id, item.denominator_id) if part}
    observations = store.query(
        OBSERVATIONS, {"indicators": sorted(needed), "territories": sorted(territories)}
    )
    return _Side(name, members, observations, covers)


def _figure(
    indicator: Indicator, side: _Side, until: str | None, measured: frozenset[str]
) -> tuple[dict[str, object], pandas.DataFrame]:
    without = _not_measured(side, measured)
    counted = tuple(member for member in side.members if member not in without)
    whole = _whole(indicator, replace(side, members=counted), until)
    if not whole.empty:
        last = whole.iloc[-1]
        figure = _row(
            indicator, side, form="value", period=last["period"], value=last["value"],
            computed=last["computed"], without=without, status=last["status"],
            flag_raw=last["flag_raw"], level=last["level"],
        )  # fmt: skip
        joined = periods_to_join(whole["period"], indicator.years_apart)
        history = whole.loc[whole["period"].isin(joined), ["period", "period_start", "value"]].assign(
            indicator_id=indicator.indicator_id, side=side.name
        )
        return figure, history
    return _range(indicator, side, until, measured), pandas.DataFrame()


def _not_measured(side: _Side, measured: frozenset[str]) -> tuple[str, ...]:
    """Members in a country that the provider does not measure, when it measures others: Monaco beside Italy.

    What is told is then told of the others, and says so.
    """
    outside = [member for member in side.members if places.territory(member).country not in measured]
    return tuple(outside) if measured and len(outside) < len(side.members) else ()


def _row(indicator: Indicator, side: _Side, **known: object) -> dict[str, object]:
    blank: dict[str, object] = dict.fromkeys(COLUMNS)
    return blank | {"indicator_id": indicator.indicator_id, "side": side.name, "computed": False} | known


def _whole(indicator: Indicator, side: _Side, until: str | None) -> pandas.DataFrame:
    """One figure a period for the side as a whole; empty when there is none without inventing it."""
    if len(side.members) == 1:
        own = _of(side, indicator.indicator_id, side.members, until)
        if not own.empty:
            return own.assign(computed=False)
    if not side.members:
        return pandas.DataFrame()
    if indicator.kind != "rate":
        return _summed(side, indicator.indicator_id, until)
    if indicator.numerator_id and indicator.denominator_id:
        above = _summed(side, indicator.numerator_id, until)
        below = _summed(side, indicator.denominator_id, until)
        if above.empty or below.empty:
            return pandas.DataFrame()
        both = above.merge(below[["period", "value"]], on="period", suffixes=("", "_below"))
        rate = both["value"] / both["value_below"] * (indicator.scale or 1.0)
        return both.assign(value=rate, computed=True).drop(columns="value_below")
    return pandas.DataFrame()


def _of(side: _Side, indicator_id: str, territory_ids: Sequence[str], until: str | None) -> pandas.DataFrame:
    frame = side.observations
    frame = frame[(frame["indicator_id"] == indicator_id) & frame["territory_id"].isin(territory_ids)]
    return frame if until is None else frame[frame["period"].str[:4] <= until]


def _summed(side: _Side, indicator_id: str, until: str | None) -> pandas.DataFrame:
    """Sums over the members, else over all their municipalities, for periods in which none is missing."""
    for summands in (list(side.members), _municipalities(side)):
        frame = _of(side, indicator_id, summands, until)
        if frame.empty:
            continue
        grouped = frame.groupby("period", as_index=False).agg(
            period_start=("period_start", "first"),
            value=("value", "sum"),
            summed=("territory_id", "nunique"),
            status=("status", _heaviest),
            flag_raw=("flag_raw", _letters),
        )
        complete = grouped[grouped["summed"] == len(summands)].drop(columns="summed")
        return complete.assign(computed=len(summands) > 1, level=None)
    return pandas.DataFrame()


def _municipalities(side: _Side) -> list[str]:
    """All municipalities of a side; none where some of its regions have none that we hold."""
    within = {level: _within(side.covers[level]) for level in ("nuts3", FINEST_LEVEL)}
    parents = {item.territory_id: item.parent_id for item in places.territories((FINEST_LEVEL,))}
    held = {parents[name] for name in within[FINEST_LEVEL]}
    without_regions = [
        name
        for name in side.members
        if places.territory(name).level == "country" and places.cover((name,), "nuts3").empty
    ]
    return within[FINEST_LEVEL] if set(within["nuts3"]) <= held and not without_regions else []


def _within(cover: pandas.DataFrame) -> list[str]:
    return list(cover.loc[cover["relation"] != "larger", "territory_id"])


def _letters(flags: pandas.Series) -> str:
    """Every distinct letter among several flags."""
    return "".join(sorted(set("".join(flags))))


def _heaviest(statuses: pandas.Series) -> str:
    """The status a reader must know of: any letter outweighs A (normal)."""
    return str(max(statuses, key=lambda status: (status != "A", status)))


def _range(
    indicator: Indicator, side: _Side, until: str | None, measured: frozenset[str]
) -> dict[str, object]:
    # A count of the region around a place is not a figure of the place.
    shown = _regions(indicator, side, until) if indicator.kind == "rate" else pandas.DataFrame()
    if shown.empty:
        return _row(indicator, side, form="none", reason=_why_not(indicator, side, until, measured))
    low, high = shown.iloc[0], shown.iloc[-1]
    return _row(
        indicator, side, form="range", period=low["period"], low=low["value"],
        low_id=low["territory_id"], high=high["value"], high_id=high["territory_id"], regions=len(shown),
        level=low["level"], larger=bool(shown["relation"].eq("larger").any()),
        status=_heaviest(shown["status"]), flag_raw=_letters(shown["flag_raw"]),
    )  # fmt: skip


def _regions(indicator: Indicator, side: _Side, until: str | None) -> pandas.DataFrame:
    """Regions that tell the range, lowest first, in the last period in which the most of them have a figure.

    The finest level, unless a coarser one is newer and knows some member as more than a part of a region.
    """
    told = pandas.DataFrame()
    for level in LEVELS_OF_A_RANGE:
        cover = side.covers.get(level, pandas.DataFrame())
        if cover.empty:
            continue
        frame = _of(side, indicator.indicator_id, list(cover["territory_id"]), until).merge(
            cover, on="territory_id"
        )
        if frame.empty:
            continue
        counts = frame.groupby("period")["territory_id"].nunique()
        period = max(counts[counts == counts.max()].index)
        shown = frame[frame["period"] == period].sort_values(["value", "territory_id"])
        newer = not told.empty and shown["period_start"].iloc[0] > told["period_start"].iloc[0]
        if told.empty or (newer and not shown["relation"].eq("larger").all()):
            told = shown
    return told


def _why_not(indicator: Indicator, side: _Side, until: str | None, measured: frozenset[str]) -> str:
    if not side.members:
        return "no_side"
    if until is not None and (side.observations["indicator_id"] == indicator.indicator_id).any():
        return "later"
    countries = {places.territory(member).country for member in side.members}
    if measured and not countries & measured:
        return "not_observed"
    if measured and not countries <= measured:
        return "partly_observed"
    return "not_loaded"
