"""The layers of municipalities of both sides, that meet on the national border vertex for vertex."""

from collections.abc import Mapping

import shapely
from shapely.geometry.base import BaseGeometry

from warehouse.territories.preparation import codes, french, layers, official, outlines, swiss
from warehouse.territories.preparation.french import FrenchCommunes
from warehouse.territories.preparation.layers import KM2_PER_SQUARE_DEGREE
from warehouse.territories.preparation.mosaic import Outlines, discrepancy, fit, on_one_grid, simplified
from warehouse.territories.preparation.official import OfficialFiles
from warehouse.territories.preparation.swiss import SwissMunicipalities

TOLERANCE = 0.003  # degrees: a corner of less than half its square, 0.04 km², is cut off
PREFIXES = {"France": "COM", "Belgium": "NIS", "Switzerland": "BFS"}


def published(files: OfficialFiles, communes: FrenchCommunes, register: SwissMunicipalities) -> Outlines:
    """Every municipality of today as its own office draws it."""
    belgian = layers.merged(official.municipality_outlines_2019(files), codes.successors_2025(files))
    return {
        **{f"NIS{code}": outline for code, outline in belgian.items()},
        **french.outlines(communes),
        **swiss.outlines(register),
    }


def fitted(drawn: Outlines, files: OfficialFiles, regions: Outlines) -> Outlines:
    """The municipalities ending at the lines of the other layers, so that both sides end at one border."""
    frames = {
        "France": layers.border_departments(files, regions),
        "Belgium": outlines.dissolve(regions, ("BE",)),
        "Switzerland": shapely.coverage_union_all([regions[code] for code in swiss.CANTONS.values()]),
    }
    parts: Outlines = {}
    for country, frame in frames.items():
        own = _of(drawn, country)
        parts |= fit(simplified(own, TOLERANCE), frame)
    joined = on_one_grid(parts)
    for country, frame in frames.items():
        layers.report(f"municipalities of {country}", frame, _of(joined, country))
    for neighbour, country in (("Belgium", "BE"), ("Switzerland", "CH")):
        third = [outline for code, outline in regions.items() if code[:2] not in ("FR", country)]
        elsewhere = shapely.union_all(third)
        _report_border(f"France–{neighbour} as published", drawn, neighbour, elsewhere)
        _report_border(f"France–{neighbour}", joined, neighbour, elsewhere)
    if lost := sorted(set(drawn) - set(joined)):
        print(f"municipalities too small to be drawn: {lost}")
    return joined


def by_layer(joined: Outlines, parents: Mapping[str, str]) -> dict[str, Outlines]:
    """municipality-BE, municipality-CH, and for France a layer a NUTS 1: no view needs them all.

    `parents` is the NUTS 3 of each municipality.
    """
    drawn: dict[str, Outlines] = {}
    for code, outline in joined.items():
        region = parents[code]
        name = region[:3] if region.startswith("FR") else region[:2]
        drawn.setdefault(f"municipality-{name}", {})[code] = outline
    return drawn


def _of(drawn: Outlines, country: str) -> Outlines:
    return {code: outline for code, outline in drawn.items() if code.startswith(PREFIXES[country])}


def _report_border(border: str, drawn: Outlines, neighbour: str, elsewhere: BaseGeometry) -> None:
    """Print what both sides cover and what neither does, nor a third country."""
    french, across = (shapely.union_all(list(_of(drawn, name).values())) for name in ("France", neighbour))
    overlap, gap = (area * KM2_PER_SQUARE_DEGREE for area in discrepancy(french, across, elsewhere))
    print(f"border {border}: {overlap:.2f} km² on both sides, {gap:.2f} km² on neither")
