"""The layers of the maps, one per level: NUTS regions, employment zones, municipalities, areas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from warehouse.territories.preparation import codes, official, outlines
from warehouse.territories.preparation.mosaic import Outlines, fit, mosaic, on_one_grid, simplified
from warehouse.territories.preparation.official import BORDER_DEPARTMENTS, OfficialFiles

# NUTS 2 of the neighbours that touch France or hold a member of an area; held whole, with their NUTS 1 and 3.
NEIGHBOUR_NUTS2 = (
    "CH01", "CH02", "CH03", "DE12", "DE13", "DEB1", "DEB2", "DEB3", "DEC0",
    "ES21", "ES22", "ES24", "ES51", "ITC1", "ITC2", "ITC3",
)  # fmt: skip
COUNTRIES = ("FR", "BE", "LU", "DE", "CH", "IT", "ES", "AD")
TOLERANCE = 0.005  # degrees: a corner of less than half its square, 0.1 km², is cut off
ZONE_TOLERANCE = 0.003  # degrees, as above
KM2_PER_SQUARE_DEGREE = 111.2 * 111.3 * 0.643  # at 50° north


@dataclass(frozen=True)
class BelgianParents:
    """NUTS 3 by REFNIS code of 2019 and of 2025, and the day each code of 2025 came into force."""

    in_2019: Mapping[str, str]
    in_2025: Mapping[str, str]
    starts: Mapping[str, str]


def held_nuts3(regions: Iterable[str]) -> list[str]:
    """NUTS 3 codes of France, Belgium, Luxembourg and the neighbours' border regions."""
    return [code for code in regions if code.startswith(("FR", "BE", "LU", *NEIGHBOUR_NUTS2))]


def nuts3_regions(
    files: OfficialFiles, parents: BelgianParents, cantons: Outlines, gisco: Outlines
) -> Outlines:
    """NUTS 3 around France, Andorra, and the French regions overseas, with one line for every border.

    France, Belgium and the Swiss cantons come from their own offices, much finer than GISCO for 1:20M; the
    others meet them. A department along the border is made of its communes, so that they can fill it.
    """
    frame, nuts3 = official.departments(files), codes.departments(files)
    inner = {
        nuts3[code]: outline
        for code, outline in zip(frame["code"], frame.geometry, strict=True)
        if code not in BORDER_DEPARTMENTS
    }
    communes = official.commune_outlines_2018(files)
    along = merged(communes, {code: nuts3[code[:2]] for code in communes})
    belgian = merged(official.municipality_outlines_2019(files), parents.in_2019)
    countries = tuple(code for code in outlines.GROUND_COUNTRIES if code not in ("FR", "BE", "AD"))
    others = {
        code: outline for code, outline in gisco.items() if code.startswith(countries) and code not in cantons
    }
    others["ES512"] = others["ES512"].union(outlines.hole_at(along["FRJ15"], outlines.LLIVIA))
    others["AD"] = outlines.hole_at(outlines.dissolve(gisco, ("FR", "ES")), outlines.ANDORRA)
    joined = mosaic([along, inner, belgian, cantons, others])
    return {
        **simplified(joined, TOLERANCE),
        **{code: gisco[code] for code in gisco if code.startswith("FRY")},
    }


def nuts_layers(regions: Outlines) -> dict[str, Outlines]:
    drawn = [code for code in held_nuts3(regions) if not code.startswith(outlines.OVERSEAS)]

    def dissolved(wholes: Iterable[str]) -> Outlines:
        return {code: outlines.dissolve(regions, (code,)) for code in sorted(set(wholes))}

    return {
        "country": dissolved(COUNTRIES),
        "nuts1": dissolved(code[:3] for code in drawn),
        "nuts2": dissolved(code[:4] for code in drawn),
        "nuts3": {code: regions[code] for code in drawn},
    }


def ground_countries(regions: Outlines) -> Outlines:
    return {code: outlines.dissolve(regions, (code,)) for code in outlines.GROUND_COUNTRIES}


def overseas(regions: Outlines) -> Outlines:
    """French overseas regions: for their position only, no map shows them."""
    held = [code for code in regions if code.startswith("FRY")]
    return {
        upper: shapely.union_all([regions[code] for code in held if code.startswith(upper)])
        for upper in sorted({code[:length] for code in held for length in (3, 4, 5)})
    }


def areas(members: Mapping[str, Iterable[str]], regions: Outlines) -> Outlines:
    """Area id -> its members as one outline. Monaco has none and is left to its point."""
    return {area: outlines.dissolve(regions, parts) for area, parts in members.items()}


def belgian_parents(files: OfficialFiles) -> BelgianParents:
    frame = official.table(files.refnis_2019_to_2025)
    # A merger may cross arrondissements (Zwijndrecht joined Beveren): the new code decides.
    same = frame[frame["refnis_2019_2024"].str[:2] == frame["refnis_2025"].str[:2]]
    in_2025 = dict(zip(same["refnis_2025"], same["nuts3_2024"], strict=True))
    begun = pd.to_datetime(frame["valid_from"], format="%d/%m/%Y").dt.strftime("%Y-%m-%d")
    starts = dict(zip(frame["refnis_2019_2024"], begun, strict=True))
    mergers = official.table(files.mergers_2025)
    merged = dict(zip(mergers["target_refnis_code"], mergers["target_effective_date"], strict=True))
    return BelgianParents(
        in_2019=dict(zip(frame["refnis_2019_2024"], frame["nuts3_2024"], strict=True)),
        in_2025=in_2025,
        starts={code: starts.get(code) or merged[code] for code in in_2025},
    )


def employment_zones(files: OfficialFiles, regions: Outlines) -> tuple[Outlines, Outlines]:
    """The complete zones, ending at the border line, and the known part of the others (for a position)."""
    frame = official.employment_zones(files)
    zones = simplified(dict(zip(frame["ze"], frame.geometry, strict=True)), ZONE_TOLERANCE)
    around = border_departments(files, regions)
    fitted = on_one_grid(fit(zones, around))
    report("employment zones", around, fitted)
    complete = set(frame.loc[frame["complete"], "ze"])
    return (
        {f"ZE{code}": outline for code, outline in fitted.items() if code in complete},
        {f"ZE{code}": outline for code, outline in fitted.items() if code not in complete},
    )


def border_departments(files: OfficialFiles, regions: Outlines) -> BaseGeometry:
    """The departments whose communes and zones we hold, as one outline."""
    nuts3 = codes.departments(files)
    return shapely.coverage_union_all([regions[nuts3[code]] for code in BORDER_DEPARTMENTS])


def merged(parts: Outlines, wholes: Mapping[str, str]) -> Outlines:
    """The parts of each whole as one outline."""
    pieces: dict[str, list[BaseGeometry]] = {}
    for code, outline in parts.items():
        pieces.setdefault(wholes[code], []).append(outline)
    return {code: shapely.union_all(pieces[code]) for code in sorted(pieces)}


def report(what: str, frame: BaseGeometry, parts: Outlines) -> None:
    """Print what the parts leave open inside the frame and what they cover beyond it."""
    whole = shapely.union_all(list(parts.values()))
    gap = frame.difference(whole).area * KM2_PER_SQUARE_DEGREE
    excess = whole.difference(frame).area * KM2_PER_SQUARE_DEGREE
    print(f"{what}: {gap:.2f} km² open, {excess:.2f} km² beyond the NUTS outline")
