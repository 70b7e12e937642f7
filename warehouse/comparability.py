"""How far two published flows compare: one of three grades, with every reason that lowers it.

The rule, in the order of `_reasons`. Two figures do not compare when they count other people, within
other limits, between places of other levels, or in two years without being of one series. They compare
with care when the workplace or the moment is another, the census is read less than five years apart, or
a figure is approximate or estimated. Where nothing of that is so, they compare. What a definition counts
is data, not code: it is in flow_definitions.csv, with flow_traits.csv.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Grade = Literal["comparable", "careful", "not_comparable"]
GRADES: tuple[Grade, ...] = ("comparable", "careful", "not_comparable")  # from the best to the worst
WEIGHT: Mapping[str, Grade] = {
    "population": "not_comparable",
    "perimeter": "not_comparable",
    "workplace": "careful",
    "moment": "careful",
}
UNSTATED = "unstated"  # a trait the source does not state: it equals nothing
MIXED = "mixed"  # people counted otherwise in each country: it equals itself over time only
LEVELS = ("country", "nuts1", "nuts2", "nuts3", "employment_zone", "municipality")  # from coarse to fine
APPROXIMATE = "about"
ESTIMATED = "E"


@dataclass(frozen=True)
class Figure:
    """A published figure as far as comparing goes. `traits` maps each kind to a trait_id.

    `years_apart` is how far two of its years must be; `finest_level` the finest level at which its
    destination may be followed over time, None for any.
    """

    definition_id: str
    series: str
    traits: Mapping[str, str]
    period: str
    origin_id: str
    destination_id: str
    origin_level: str
    destination_level: str
    reliability: str
    status: str
    years_apart: int = 1
    finest_level: str | None = None

    @property
    def year(self) -> int:
        return int(self.period[:4])


@dataclass(frozen=True)
class Reason:
    """`kind` is a trait's, or level, year, series, edition, years_apart, places_move, about, estimated."""

    kind: str
    grade: Grade


@dataclass(frozen=True)
class Verdict:
    """`reasons` are the gravest first; none for two figures that compare."""

    reasons: tuple[Reason, ...]

    @property
    def grade(self) -> Grade:
        return self.reasons[0].grade if self.reasons else "comparable"


def compare(one: Figure, other: Figure) -> Verdict:
    """How far one figure may be set against the other; the same whichever comes first."""
    reasons = sorted(_reasons(one, other), key=lambda reason: -GRADES.index(reason.grade))
    return Verdict(tuple(reasons))


def periods_to_join(periods: Iterable[str], years_apart: int | None) -> frozenset[str]:
    """The periods that one line may join: the latest and, back from it, each far enough from the one after.

    All of them where `years_apart` is None.
    """
    joined: list[str] = []
    for period in sorted(periods, reverse=True):
        if years_apart is None or not joined or int(joined[-1][:4]) - int(period[:4]) >= years_apart:
            joined.append(period)
    return frozenset(joined)


def _reasons(one: Figure, other: Figure) -> Iterator[Reason]:
    is_one_definition = one.definition_id == other.definition_id
    if one != other:
        yield from _differing_traits(one, other)
    if (one.origin_level, one.destination_level) != (other.origin_level, other.destination_level):
        yield Reason("level", "not_comparable")
    if one.period != other.period:
        yield from _apart_in_time(one, other, is_one_definition)
    elif is_one_definition and _is_one_pair(one, other) and one.series != other.series:
        yield Reason("edition", "careful")
    if APPROXIMATE in (one.reliability, other.reliability):
        yield Reason("about", "careful")
    if is_one_definition and (one.status == ESTIMATED) != (other.status == ESTIMATED):
        yield Reason("estimated", "careful")


def _differing_traits(one: Figure, other: Figure) -> Iterator[Reason]:
    for kind, grade in WEIGHT.items():
        mine, theirs = one.traits[kind], other.traits[kind]
        is_one_publication = one.series == other.series and kind != "population"
        is_vague = mine == UNSTATED and not is_one_publication
        if mine != theirs or is_vague or (mine == MIXED and not _is_one_pair(one, other)):
            yield Reason(kind, grade)


def _apart_in_time(one: Figure, other: Figure, is_one_definition: bool) -> Iterator[Reason]:
    if not is_one_definition:
        yield Reason("year", "not_comparable")
    elif not _is_one_pair(one, other):
        yield Reason("year", "careful")
    elif one.series != other.series:
        yield Reason("series", "not_comparable")
    else:
        if _is_finer(one.destination_level, one.finest_level):
            yield Reason("places_move", "not_comparable")
        if abs(one.year - other.year) < one.years_apart:
            yield Reason("years_apart", "careful")


def _is_one_pair(one: Figure, other: Figure) -> bool:
    return (one.origin_id, one.destination_id) == (other.origin_id, other.destination_id)


def _is_finer(level: str, finest: str | None) -> bool:
    return finest is not None and level in LEVELS and LEVELS.index(level) > LEVELS.index(finest)
