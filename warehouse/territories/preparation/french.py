"""French communes of the border departments: today's, their codes of every edition, their outlines."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from warehouse.territories.preparation.codes import Row
from warehouse.territories.preparation.editions import edition_rows
from warehouse.territories.preparation.mosaic import Outlines
from warehouse.territories.preparation.official import (
    BORDER_DEPARTMENTS,
    OfficialFiles,
    commune_outlines_2018,
)
from warehouse.territories.preparation.packages import FRENCH_EDITIONS, TODAY_FRENCH, Packages
from warehouse.territories.preparation.register import LANGUAGES, Territory

DRAWN_EDITION = "2018"  # the edition of the COG whose communes are drawn
# The register knows which communes one took in since 1943, not when: their codes are given this edition.
ANY_EDITION = "1943"


@dataclass(frozen=True)
class FrenchCommunes:
    """`names`, `departments` and `postal_codes` by code of today; `now` gives it for each former code."""

    names: Mapping[str, str]
    departments: Mapping[str, str]
    postal_codes: Mapping[str, tuple[str, ...]]
    now: Mapping[str, str]
    editions: Mapping[str, frozenset[str]]
    drawn: Mapping[str, BaseGeometry]  # by code of DRAWN_EDITION


def french_communes(files: OfficialFiles, packages: Packages) -> FrenchCommunes:
    """The communes of the border departments; KeyError: one of an older edition has left no successor."""
    drawn = commune_outlines_2018(files)
    held = {
        edition: {
            entry["code"]: entry
            for entry in packages.french_communes(edition)
            if entry["type"] == "commune-actuelle" and entry.get("departement") in BORDER_DEPARTMENTS
        }
        for edition in FRENCH_EDITIONS
    }
    today = held[TODAY_FRENCH]
    now = {former: code for code, entry in today.items() for former in entry.get("anciensCodes", ())}
    editions = {edition: frozenset(entries) for edition, entries in held.items() if edition != TODAY_FRENCH}
    editions[DRAWN_EDITION] = frozenset(drawn)
    editions[ANY_EDITION] = frozenset(now) | frozenset(now.values())
    for edition, codes in editions.items():
        lost = [code for code in sorted(codes) if code not in today and code not in now]
        if lost:
            raise KeyError(f"communes of edition {edition} without a commune of today: {lost}")
    return FrenchCommunes(
        names={code: entry["nom"].replace("'", "’") for code, entry in today.items()},
        departments={code: entry["departement"] for code, entry in today.items()},
        postal_codes={code: tuple(entry.get("codesPostaux", ())) for code, entry in today.items()},
        now=now,
        editions=editions,
        drawn=drawn,
    )


def territories(communes: FrenchCommunes, nuts3: Mapping[str, str]) -> list[Territory]:
    """Communes under their department; `nuts3` is its NUTS 3 by INSEE code."""
    return [
        Territory(
            territory_id=f"COM{code}",
            level="municipality",
            country="FR",
            names=dict.fromkeys(LANGUAGES, name),
            parent_id=nuts3[communes.departments[code]],
            national_code=code,
        )
        for code, name in sorted(communes.names.items())
    ]


def codes(communes: FrenchCommunes) -> list[Row]:
    return edition_rows("COG", "COM", communes.names, communes.editions, communes.now)


def outlines(communes: FrenchCommunes) -> Outlines:
    """Today's communes by territory, merged from those of DRAWN_EDITION."""
    pieces: dict[str, list[BaseGeometry]] = {}
    for code, outline in sorted(communes.drawn.items()):
        pieces.setdefault(f"COM{communes.now.get(code, code)}", []).append(outline)
    return {code: parts[0] if len(parts) == 1 else shapely.union_all(parts) for code, parts in pieces.items()}
