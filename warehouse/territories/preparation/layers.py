"""The layers of the maps, one per level: NUTS regions, employment zones, municipalities, areas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from warehouse.territories.preparation import official, outlines
from warehouse.territories.preparation.codes import successors_2025
from warehouse.territories.preparation.official import OfficialFiles
from warehouse.territories.preparation.outlines import Outlines

# NUTS 2 of the neighbours that touch France or hold a member of an area; held whole, with their NUTS 1 and 3.
NEIGHBOUR_NUTS2 = (
    "CH01", "CH02", "CH03", "DE12", "DE13", "DEB1", "DEB2", "DEB3", "DEC0",
    "ES21", "ES22", "ES24", "ES51", "ITC1", "ITC2", "ITC3",
)  # fmt: skip
COUNTRIES = ("FR", "BE", "LU", "DE", "CH", "IT", "ES")
# Belgian provinces and arrondissements of the Interreg area: the municipalities that are drawn.
DRAWN_MUNICIPALITIES = ("BE25", "BE32", "BE34", "BE35", "BE234", "BE235")
# Departments around the employment zones of the France–Belgium border, and the INSEE regions of these zones.
ZONE_NUTS3 = ("FRE11", "FRE12", "FRE21", "FRF21", "FRF31", "FRF32")
ZONE_REGIONS = ("32", "44")
ZONE_TOLERANCE = 0.003  # degrees, about 300 m: the outlines of NUTS are coarser
KM2_PER_SQUARE_DEGREE = 111.2 * 111.3 * 0.643  # at 50° north


@dataclass(frozen=True)
class BelgianParents:
    """NUTS 3 by REFNIS code of 2019 and of 2025, and the day each code of 2025 came into force."""

    in_2019: Mapping[str, str]
    in_2025: Mapping[str, str]
    starts: Mapping[str, str]


def held_nuts3(codes: Iterable[str]) -> list[str]:
    """NUTS 3 codes of France, Belgium, Luxembourg and the neighbours' border regions."""
    return [code for code in codes if code.startswith(("FR", "BE", "LU", *NEIGHBOUR_NUTS2))]


def nuts_layers(regions: Outlines) -> dict[str, Outlines]:
    drawn = [code for code in held_nuts3(regions) if not code.startswith(outlines.OVERSEAS)]

    def dissolved(codes: Iterable[str]) -> Outlines:
        return {code: outlines.dissolve(regions, (code,)) for code in sorted(set(codes))}

    return {
        "country": {**dissolved(COUNTRIES), "AD": outlines.andorra(regions)},
        "nuts1": dissolved(code[:3] for code in drawn),
        "nuts2": dissolved(code[:4] for code in drawn),
        "nuts3": {code: regions[code] for code in drawn},
    }


def overseas(regions: Outlines) -> Outlines:
    """French overseas regions: for their position only, no map shows them."""
    codes = [code for code in regions if code.startswith("FRY")]
    return {
        upper: shapely.union_all([regions[code] for code in codes if code.startswith(upper)])
        for upper in sorted({code[:length] for code in codes for length in (3, 4, 5)})
    }


def areas(members: Mapping[str, Iterable[str]], regions: Outlines, andorra: BaseGeometry) -> Outlines:
    """Area id -> its members as one outline. Monaco has none and is left to its point."""
    result = {}
    for area, codes in members.items():
        parts = list(shapely.get_parts(outlines.dissolve(regions, codes)))
        result[area] = shapely.coverage_union_all([*parts, andorra] if "AD" in codes else parts)
    return result


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
    frame = frame[frame["ze"].str[:2].isin(ZONE_REGIONS)]
    simple = shapely.coverage_simplify(frame.geometry.to_numpy(), ZONE_TOLERANCE)
    around = shapely.coverage_union_all([regions[code] for code in ZONE_NUTS3])
    fitted = outlines.on_one_grid(outlines.fit(dict(zip(frame["ze"], simple, strict=True)), around))
    _report("employment zones", around, fitted)
    complete = set(frame.loc[frame["complete"], "ze"])
    held = official.held_zone_codes(files)
    return (
        {f"ZE{code}": fitted[code] for code in held if code in complete},
        {f"ZE{code}": fitted[code] for code in held if code not in complete},
    )


def municipalities(files: OfficialFiles, belgium: BaseGeometry) -> Outlines:
    """The 565 municipalities of 2025, ending at the border line of the other layers.

    Inside the country they keep their own outlines: NUTS 3 is too coarse for the smallest (Messines).
    """
    now = successors_2025(files)
    pieces: dict[str, list[BaseGeometry]] = {}
    for code, outline in official.municipality_outlines_2019(files).items():
        pieces.setdefault(now[code], []).append(outline)
    merged = {code: shapely.union_all(pieces[code]) for code in sorted(pieces)}
    fitted = outlines.on_one_grid(outlines.fit(merged, belgium))
    _report("municipalities", belgium, fitted)
    return {f"NIS{code}": outline for code, outline in fitted.items()}


def _report(what: str, frame: BaseGeometry, parts: Outlines) -> None:
    """Print what the parts leave open inside the frame and what they cover beyond it."""
    whole = shapely.union_all(list(parts.values()))
    gap = frame.difference(whole).area * KM2_PER_SQUARE_DEGREE
    excess = whole.difference(frame).area * KM2_PER_SQUARE_DEGREE
    print(f"{what}: {gap:.2f} km² open, {excess:.2f} km² beyond the NUTS outline")
