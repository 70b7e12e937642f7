"""Swiss municipalities of the cantons of our areas: today's, their former numbers, their outlines."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from warehouse.territories.preparation.codes import Row
from warehouse.territories.preparation.editions import edition_rows
from warehouse.territories.preparation.mosaic import Outlines
from warehouse.territories.preparation.packages import SWISS_EDITIONS, TODAY_SWISS, Packages
from warehouse.territories.preparation.register import LANGUAGES, Territory

# Number of the canton in the Swiss register -> NUTS 3.
CANTONS = {
    2: "CH021", 11: "CH023", 12: "CH031", 13: "CH032", 19: "CH033", 22: "CH011", 23: "CH012",
    24: "CH024", 25: "CH013", 26: "CH025",
}  # fmt: skip


@dataclass(frozen=True)
class Municipality:
    """One entry of one edition of the register."""

    code: str
    name: str
    canton: str  # NUTS 3
    outline: BaseGeometry


@dataclass(frozen=True)
class SwissMunicipalities:
    """Every edition by BFS number, and today's number of each number that has gone."""

    editions: Mapping[str, Mapping[str, Municipality]]
    now: Mapping[str, str]

    @property
    def today(self) -> Mapping[str, Municipality]:
        return self.editions[TODAY_SWISS]


def swiss_municipalities(packages: Packages) -> SwissMunicipalities:
    editions = {edition: _edition(packages, edition) for edition in SWISS_EDITIONS}
    today = editions[TODAY_SWISS]
    gone = {code: each for held in editions.values() for code, each in held.items() if code not in today}
    return SwissMunicipalities(editions, _successors(gone, today))


def territories(swiss: SwissMunicipalities) -> list[Territory]:
    return [
        Territory(
            territory_id=f"BFS{code}",
            level="municipality",
            country="CH",
            names=dict.fromkeys(LANGUAGES, each.name.replace("'", "’")),
            parent_id=each.canton,
            national_code=code,
        )
        for code, each in sorted(swiss.today.items())
    ]


def codes(swiss: SwissMunicipalities) -> list[Row]:
    former = {edition: held for edition, held in swiss.editions.items() if edition != TODAY_SWISS}
    return edition_rows("BFS", "BFS", swiss.today, former, swiss.now)


def outlines(swiss: SwissMunicipalities) -> Outlines:
    return {f"BFS{code}": each.outline for code, each in sorted(swiss.today.items())}


def cantons(swiss: SwissMunicipalities, packages: Packages, gisco: Outlines) -> Outlines:
    """Cantons by NUTS 3: their municipalities and, of the lakes, the part that GISCO draws in them."""
    lakes = shapely.union_all(packages.swiss_lakes().geometry.to_numpy())
    return {
        canton: shapely.union_all(
            [
                *(each.outline for each in swiss.today.values() if each.canton == canton),
                lakes.intersection(gisco[canton]),
            ]
        )
        for canton in sorted(CANTONS.values())
    }


def _edition(packages: Packages, edition: str) -> dict[str, Municipality]:
    frame = packages.swiss_municipalities(edition)
    frame = frame[frame["canton"].isin(list(CANTONS))]
    rows = zip(frame["code"], frame["name"], frame["canton"], frame.geometry, strict=True)
    return {
        code: Municipality(code, name, CANTONS[canton], shapely.make_valid(outline))
        for code, name, canton, outline in rows
    }


def _successors(gone: Mapping[str, Municipality], today: Mapping[str, Municipality]) -> dict[str, str]:
    """The municipality of today that most of each former one lies in: the register merges whole ones only."""
    held = list(today.values())
    tree = shapely.STRtree([each.outline for each in held])
    successors = {}
    for code, former in sorted(gone.items()):
        near = [held[position] for position in tree.query(former.outline)]
        successors[code] = max(near, key=lambda each: each.outline.intersection(former.outline).area).code
    return successors
