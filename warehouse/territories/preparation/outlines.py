"""Outlines dissolved from one set of NUTS 3 regions, so that levels and neighbours coincide."""

import gzip
import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import shapely
from shapely.geometry import LineString, MultiLineString, box, mapping
from shapely.geometry.base import BaseGeometry

from warehouse.territories.preparation.mosaic import Outlines, holes
from warehouse.territories.preparation.official import rounded

Edge = tuple[tuple[float, float], tuple[float, float]]

# Not drawn: French overseas regions, the Canaries, Ceuta and Melilla.
OVERSEAS = ("FRY", "ES7", "ES63", "ES64")
NEIGHBOURS = ("BE", "LU", "DE", "CH", "IT", "ES", "AD")
GROUND_COUNTRIES = (
    *NEIGHBOURS,
    *("AT", "CZ", "DK", "FR", "HR", "HU", "IE", "LI", "NL", "PL", "PT", "SI", "SK", "UK"),
)
# Wide enough that a wide screen fitted to all of France does not see the ground's edge.
GROUND_FRAME = box(-13, 36, 20, 58)
SMALLEST_GROUND = 0.0009  # square degrees, about 7 km²: smaller islands are left out of the ground
# Andorra is no NUTS region, so it is the hole that France and Spain leave; this point lies in it.
ANDORRA = shapely.Point(1.52, 42.51)
LLIVIA = shapely.Point(1.98, 42.46)  # a Spanish town inside Pyrénées-Orientales, left out by GISCO at 1:20M
# GISCO draws Monaco's land border as a part of the coast of Alpes-Maritimes; it lies in this frame.
MONACO_BORDER = box(7.409, 43.728, 7.4395, 43.752)


def dissolve(regions: Mapping[str, BaseGeometry], prefixes: Iterable[str]) -> BaseGeometry:
    """One outline of every drawn region whose code begins so, made of the regions' own vertices."""
    wanted = tuple(prefixes)
    members = [code for code in regions if code.startswith(wanted) and not code.startswith(OVERSEAS)]
    return shapely.coverage_union_all([regions[code] for code in members])


def hole_at(land: BaseGeometry, place: shapely.Point) -> BaseGeometry:
    """The hole in the land that the place lies in; raises StopIteration without one."""
    return next(hole for hole in holes(land) if hole.contains(place))


def border_lines(countries: Mapping[str, BaseGeometry]) -> Outlines:
    """The land border of France by neighbour: the edges that both outlines have, vertex for vertex."""
    french = _edges(countries["FR"])
    return {code: _merged(french & _edges(countries[code])) for code in NEIGHBOURS}


def monaco_border(alpes_maritimes: BaseGeometry) -> BaseGeometry:
    """The land border of Monaco, from the department as GISCO draws it."""
    inland = (LineString(edge) for edge in _edges(alpes_maritimes))
    return _merged(tuple(edge.coords) for edge in inland if MONACO_BORDER.covers(edge))


def ground(countries: Mapping[str, BaseGeometry]) -> Outlines:
    """Land around France, without the smallest islands, cut to the frame."""
    outlines = {}
    for code in GROUND_COUNTRIES:
        parts = shapely.get_parts(countries[code].intersection(GROUND_FRAME))
        outlines[code] = rounded(
            shapely.MultiPolygon([part for part in parts if part.area > SMALLEST_GROUND])
        )
    return outlines


def inner_point(outline: BaseGeometry) -> tuple[float, float]:
    """lon, lat of the point of the largest part that is farthest from its edge: a label sits best there."""
    largest = max(shapely.get_parts(outline), key=lambda part: part.area)
    centre = shapely.maximum_inscribed_circle(largest, tolerance=0.001).coords[0]
    return float(centre[0]), float(centre[1])


def write(path: Path, outlines: Mapping[str, BaseGeometry], key: str = "territory_id") -> None:
    """One GeoJSON feature per entry, the key as id and only property, codes in order; compressed."""
    features = [
        {"type": "Feature", "id": code, "properties": {key: code}, "geometry": _plain(outlines[code])}
        for code in sorted(outlines)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    path.write_bytes(gzip.compress((text + "\n").encode(), compresslevel=9, mtime=0))


def _plain(outline: BaseGeometry) -> dict[str, object]:
    if outline.geom_type.endswith("Polygon"):
        parts = sorted(shapely.get_parts(shapely.orient_polygons(outline)), key=lambda part: -part.area)
        outline = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
    return dict(mapping(outline))


def _edges(outline: BaseGeometry) -> set[Edge]:
    edges: set[Edge] = set()
    for part in shapely.get_parts(outline):
        for ring in (part.exterior, *part.interiors):
            points = [(x, y) for x, y in ring.coords]
            edges.update((min(pair), max(pair)) for pair in pairwise(points))
    return edges


def _merged(edges: Iterable[Edge]) -> BaseGeometry:
    line = shapely.line_merge(MultiLineString([LineString(edge) for edge in sorted(edges)]))
    return shapely.normalize(line)
