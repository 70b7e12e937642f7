"""Territories, areas and the two sides of a border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas

from warehouse import store
from warehouse import territories as geometry
from warehouse.result import Text

Side = Literal["french", "other"]

TERRITORIES = """
SELECT territory_id, level, country, name_fr, name_nl, name_de, name_en, parent_id,
       lon, lat, is_border, is_indicative
FROM territory
"""

# An area is made of members of several levels. `cover` says which territories of one level stand for
# them: their parts, themselves, or (a member finer than the level) the larger region around them.
COVER = """
WITH RECURSIVE descendant AS (
    SELECT territory_id AS member_id, territory_id FROM territory WHERE list_contains($members, territory_id)
    UNION ALL
    SELECT d.member_id, t.territory_id
    FROM descendant AS d JOIN territory AS t ON t.parent_id = d.territory_id
),
ancestor AS (
    SELECT territory_id AS member_id, parent_id AS territory_id
    FROM territory WHERE list_contains($members, territory_id)
    UNION ALL
    SELECT a.member_id, t.parent_id
    FROM ancestor AS a JOIN territory AS t USING (territory_id)
)
SELECT DISTINCT c.territory_id, c.relation
FROM (
    SELECT territory_id, if(member_id = territory_id, 'itself', 'part') AS relation FROM descendant
    UNION ALL
    SELECT territory_id, 'larger' FROM ancestor
) AS c
JOIN territory AS t USING (territory_id)
WHERE t.level = $level
ORDER BY c.territory_id
"""

MEMBERS = """
SELECT m.area_id, m.territory_id, m.source, t.country
FROM membership AS m JOIN territory AS t USING (territory_id)
ORDER BY m.area_id, m.territory_id
"""


COMPOSITIONS = """
SELECT m.area_id, a.name_fr AS area_fr, a.name_nl AS area_nl, a.name_en AS area_en,
       list(m.territory_id ORDER BY t.country DESC, t.name_fr) AS members,
       string_agg(t.name_fr, ', ' ORDER BY t.country DESC, t.name_fr) AS members_fr,
       string_agg(t.name_nl, ', ' ORDER BY t.country DESC, t.name_fr) AS members_nl,
       string_agg(t.name_en, ', ' ORDER BY t.country DESC, t.name_fr) AS members_en, m.source
FROM membership AS m
JOIN territory AS a ON a.territory_id = m.area_id
JOIN territory AS t ON t.territory_id = m.territory_id
GROUP BY ALL
ORDER BY a.name_fr
"""

# The countries across, along the border from the North Sea to the Atlantic.
NEIGHBOURS = ("BE", "LU", "DE", "CH", "IT", "MC", "AD", "ES")

# From large to small.
LEVELS = ("area", "country", "nuts1", "nuts2", "nuts3", "employment_zone", "municipality", "point")
# The order of the list a reader chooses from; municipalities are searched for, there are thousands.
CHOICE_ORDER = ["area", "country", "nuts1", "nuts2", "nuts3", "employment_zone"]


@dataclass(frozen=True)
class Presence:
    """What we hold of a place: figures of its own, an outline (else a position only), a composition.

    `nearest` is the smallest place around it with figures, an area where no region is; None when it has its
    own or nothing around has.
    """

    is_observed: bool
    is_drawn: bool
    is_composed: bool
    nearest: Territory | None


class UnknownTerritory(LookupError):
    """No territory has this identifier in the current build."""


@dataclass(frozen=True)
class Territory:
    """A place one may choose. `country` is None for an area across a border."""

    territory_id: str
    level: str
    country: str | None
    name: Text
    parent_id: str | None
    lon: float | None
    lat: float | None
    is_border: bool
    is_indicative: bool


@dataclass(frozen=True)
class Sides:
    """The French side and the other side of what was chosen; a side may be empty (nothing faces it).

    `area_id` is the area whose members face each other: the chosen one, or the smallest that holds it.
    """

    french: tuple[str, ...]
    other: tuple[str, ...]
    area_id: str | None

    def of(self, side: Side) -> tuple[str, ...]:
        return self.french if side == "french" else self.other

    @property
    def all(self) -> tuple[str, ...]:
        return self.french + self.other


def _territory(row: dict[str, Any]) -> Territory:
    return Territory(
        territory_id=row["territory_id"],
        level=row["level"],
        country=row["country"],
        name=Text(row["name_fr"], row["name_nl"], row["name_en"]),
        parent_id=row["parent_id"],
        lon=row["lon"],
        lat=row["lat"],
        is_border=bool(row["is_border"]),
        is_indicative=bool(row["is_indicative"]),
    )


@store.remembered
def _every_territory() -> dict[str, Territory]:
    frame = store.query(TERRITORIES + "ORDER BY territory_id").astype(object)
    rows = frame.where(frame.notna(), None).to_dict("records")
    return {row["territory_id"]: _territory(row) for row in rows}


@store.remembered
def territories(levels: Sequence[str] | None = None) -> tuple[Territory, ...]:
    """All territories, or those of some levels, in the order of their codes."""
    return tuple(item for item in _every_territory().values() if levels is None or item.level in levels)


def is_known(territory_id: str) -> bool:
    """Whether the build has a territory of that code."""
    return territory_id in _every_territory()


def territory(territory_id: str) -> Territory:
    """One territory; UnknownTerritory when the build has none of that code."""
    found = _every_territory().get(territory_id)
    if found is None:
        raise UnknownTerritory(territory_id)
    return found


@store.remembered
def choices() -> tuple[Territory, ...]:
    """The list a reader chooses from: areas with figures, their members, the parts and the regions of these.

    Areas first, then countries, then by level and name. Any other place is found by search.
    """
    everything = {item.territory_id: item for item in territories(tuple(CHOICE_ORDER))}
    composition = store.query(MEMBERS)
    observed = _observed()
    areas = _observed_areas()
    held = set(composition[composition["area_id"].isin(areas)]["territory_id"])
    parents = {item.territory_id: item.parent_id for item in everything.values()}
    wanted = set(areas)
    for territory_id in everything:
        line = [territory_id]
        while (parent := parents.get(line[-1])) is not None:
            line.append(parent)
        if held.intersection(line):
            wanted.update(line)
    chosen = [everything[name] for name in wanted & (observed | set(areas)) if name in everything]
    return tuple(sorted(chosen, key=lambda item: (CHOICE_ORDER.index(item.level), item.name.fr)))


def presence(territory_id: str) -> Presence:
    """What there is of a place, for a page to say what there is not; UnknownTerritory as `territory`."""
    place = territory(territory_id)
    is_observed = _is_observed(territory_id)
    return Presence(
        is_observed=is_observed,
        is_drawn=geometry.is_drawn(territory_id),
        is_composed=place.level not in ("area", "point") or territory_id in _members(),
        nearest=None if is_observed else _nearest_observed(place),
    )


def _is_observed(territory_id: str) -> bool:
    """Whether it or, of an area, a member of it has a figure."""
    return not _observed().isdisjoint(_members().get(territory_id, frozenset()) | {territory_id})


@store.remembered
def _members() -> dict[str, frozenset[str]]:
    groups = store.query(MEMBERS).groupby("area_id")["territory_id"]
    return {str(area_id): frozenset(members) for area_id, members in groups}


def _nearest_observed(place: Territory) -> Territory | None:
    around = place
    while around.parent_id is not None:
        around = territory(around.parent_id)
        if _is_observed(around.territory_id):
            return around
    holding = [area for area in _observed_areas() if place.territory_id in _members()[area]]
    return territory(min(holding, key=lambda area: (len(_members()[area]), area))) if holding else None


@store.remembered
def countries(territory_ids: Sequence[str]) -> tuple[str, ...]:
    """The countries some territories lie in, sorted."""
    known = {item.territory_id: item.country for item in territories()}
    return tuple(sorted({country for name in territory_ids if (country := known[name]) is not None}))


@store.remembered
def _observed() -> frozenset[str]:
    return frozenset(store.query("SELECT DISTINCT territory_id FROM observation")["territory_id"])


@store.remembered
def _observed_areas() -> tuple[str, ...]:
    """Areas a member of which has figures in this build; a page says what the other members lack."""
    observed = _observed()
    groups = store.query(MEMBERS).groupby("area_id")["territory_id"]
    return tuple(str(area_id) for area_id, members in groups if not observed.isdisjoint(members))


@store.remembered
def compositions() -> pandas.DataFrame:
    """A row an area and who composed it: area_id, area_fr/nl/en, members, members_fr/nl/en, source."""
    return store.query(COMPOSITIONS)


@store.remembered
def cover(territory_ids: Sequence[str], level: str) -> pandas.DataFrame:
    """Territories of one level that stand for some members: territory_id, relation (itself, part, larger)."""
    return store.query(COVER, {"members": list(territory_ids), "level": level})


@store.remembered
def family(territory_id: str) -> frozenset[str]:
    """A territory with its ancestors and descendants: what an area must name to hold it."""
    parents = {item.territory_id: item.parent_id for item in territories()}
    up: set[str] = set()
    current: str | None = territory_id
    while current is not None and current not in up:
        up.add(current)
        current = parents.get(current)
    down = {territory_id}
    grown = True
    while grown:
        children = {child for child, parent in parents.items() if parent in down} - down
        down |= children
        grown = bool(children)
    return frozenset(up | down)


@store.remembered
def sides(territory_id: str) -> Sides:
    """Which territories stand on the two sides of what was chosen.

    An area: its French members and the others. A country: the countries it shares an observed area with, on
    the side across. Another territory: itself, and across the border the members of the smallest area that
    holds it, a part of it, or the region around it. Elsewhere: no other side; of a point: neither side.
    """
    chosen = territory(territory_id)
    frame = store.query(MEMBERS)
    if chosen.level == "area":
        return _split(frame[frame["area_id"] == territory_id], territory_id)
    if chosen.level == "point":
        return Sides((), (), None)
    if chosen.level == "country":
        return _countries_facing(territory_id, frame)
    kin = family(territory_id)
    holding = frame[frame["territory_id"].isin(kin)]["area_id"].unique()
    if not len(holding):
        alone = (territory_id,)
        french = chosen.country == "FR"
        return Sides(alone if french else (), () if french else alone, None)
    sizes = frame[frame["area_id"].isin(holding)].groupby("area_id").size()
    area_id = str(sizes.sort_values(kind="stable").index[0])
    facing = _split(frame[frame["area_id"] == area_id], area_id)
    if chosen.country == "FR":
        return Sides((territory_id,), facing.other, area_id)
    return Sides(facing.french, (territory_id,), area_id)


def _countries_facing(country: str, composition: pandas.DataFrame) -> Sides:
    """France and a neighbour face each other where an area with figures lies on both."""
    observed = composition[composition["area_id"].isin(_observed_areas())]
    if country != "FR":
        shared = (observed["country"] == country).any()
        return Sides(("FR",) if shared else (), (country,), None)
    neighbours = sorted(set(observed["country"]) - {"FR"})
    return Sides(("FR",), tuple(neighbours), None)


def _split(composition: pandas.DataFrame, area_id: str) -> Sides:
    french = composition["country"] == "FR"
    return Sides(
        french=tuple(composition[french]["territory_id"]),
        other=tuple(composition[~french]["territory_id"]),
        area_id=area_id,
    )
