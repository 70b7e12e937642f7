"""Outlines dissolved from one set of NUTS 3 regions, so that levels and neighbours coincide."""

import itertools
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy
import shapely
from shapely.geometry import GeometryCollection, LineString, MultiLineString, Polygon, box, mapping
from shapely.geometry.base import BaseGeometry

from warehouse.territories.preparation.official import DECIMALS, rounded

Outlines = dict[str, BaseGeometry]
Edge = tuple[tuple[float, float], tuple[float, float]]

# Not drawn: French overseas regions, the Canaries, Ceuta and Melilla.
OVERSEAS = ("FRY", "ES7", "ES63", "ES64")
NEIGHBOURS = ("BE", "LU", "DE", "CH", "IT", "ES")
GROUND_COUNTRIES = ("AT", "BE", "CH", "DE", "ES", "FR", "IT", "LI", "LU", "NL", "UK")
GROUND_FRAME = box(-6, 41, 12, 54)
SMALLEST_GROUND = 0.002  # square degrees, about 15 km²: smaller islands are left out of the ground
# Andorra is no NUTS region, so it is the hole that France and Spain leave; this point lies in it.
ANDORRA = shapely.Point(1.52, 42.51)
# GISCO draws Monaco's land border into the coast of Alpes-Maritimes; these are its ends.
MONACO_BORDER = box(7.409, 43.728, 7.4395, 43.752)


def dissolve(regions: Mapping[str, BaseGeometry], prefixes: Iterable[str]) -> BaseGeometry:
    """One outline of every drawn region whose code begins so, made of the regions' own vertices."""
    wanted = tuple(prefixes)
    members = [code for code in regions if code.startswith(wanted) and not code.startswith(OVERSEAS)]
    return shapely.coverage_union_all([regions[code] for code in members])


def andorra(regions: Mapping[str, BaseGeometry]) -> BaseGeometry:
    land = dissolve(regions, ("FR", "ES"))
    holes = (Polygon(ring) for part in shapely.get_parts(land) for ring in part.interiors)
    return next(hole for hole in holes if hole.contains(ANDORRA))


def border_lines(countries: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The land border of France by neighbour: the edges that both outlines have, vertex for vertex."""
    french = _edges(countries["FR"])
    lines = {code: _merged(french & _edges(countries[code])) for code in (*NEIGHBOURS, "AD")}
    corners = {edge for edge in french if all(MONACO_BORDER.covers(shapely.Point(end)) for end in edge)}
    return {**lines, "MC": _merged(corners)}


def ground(regions: Mapping[str, BaseGeometry], countries: Mapping[str, BaseGeometry]) -> Outlines:
    """Land around France, without the smallest islands, cut to the frame."""
    outlines = {}
    for code in (*GROUND_COUNTRIES, "AD"):
        whole = countries[code] if code in countries else dissolve(regions, (code,))
        parts = shapely.get_parts(whole.intersection(GROUND_FRAME))
        outlines[code] = rounded(
            shapely.MultiPolygon([part for part in parts if part.area > SMALLEST_GROUND])
        )
    return outlines


def fit(parts: Mapping[str, BaseGeometry], frame: BaseGeometry) -> Outlines:
    """The parts made to fill the frame exactly: what sticks out is cut, a gap goes to the nearest part.

    Needed where two official files draw the same border differently. What two parts claim stays with the first.
    """
    inside: Outlines = {}
    taken: BaseGeometry = GeometryCollection()
    for code, outline in parts.items():
        inside[code] = _areas(outline.intersection(frame).difference(taken))
        taken = taken.union(inside[code])
    gap = _areas(frame.difference(taken))
    if gap.is_empty:
        return inside
    cells = _nearest_cells({code: outline for code, outline in inside.items() if not outline.is_empty}, gap)
    return {
        code: _areas(outline.union(cells[code].intersection(gap))) if code in cells else outline
        for code, outline in inside.items()
    }


def on_one_grid(parts: Mapping[str, BaseGeometry]) -> Outlines:
    """The parts with every shared border drawn once, on our grid: rebuilt from their common line work."""
    size = 10.0**-DECIMALS
    lines = shapely.unary_union([outline.boundary for outline in parts.values()], grid_size=size)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    codes = list(parts)
    tree = shapely.STRtree(list(parts.values()))
    owned: dict[str, list[BaseGeometry]] = {code: [] for code in codes}
    for face in faces:
        holders = tree.query(face.representative_point(), predicate="within")
        if len(holders):
            owned[codes[min(holders)]].append(face)
    return {code: rounded(shapely.coverage_union_all(pieces)) for code, pieces in owned.items()}


def inner_point(outline: BaseGeometry) -> tuple[float, float]:
    """lon, lat of the point of the largest part that is farthest from its edge: a label sits best there."""
    largest = max(shapely.get_parts(outline), key=lambda part: part.area)
    centre = shapely.maximum_inscribed_circle(largest, tolerance=0.001).coords[0]
    return float(centre[0]), float(centre[1])


def write(path: Path, outlines: Mapping[str, BaseGeometry], key: str = "territory_id") -> None:
    """One GeoJSON feature per entry, the key as id and only property, codes in order."""
    features = [
        {"type": "Feature", "id": code, "properties": {key: code}, "geometry": _plain(outlines[code])}
        for code in sorted(outlines)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


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
            edges.update((min(pair), max(pair)) for pair in itertools.pairwise(points))
    return edges


def _merged(edges: Iterable[Edge]) -> BaseGeometry:
    line = shapely.line_merge(MultiLineString([LineString(edge) for edge in sorted(edges)]))
    return shapely.normalize(line)


def _areas(geometry: BaseGeometry) -> BaseGeometry:
    """Only the polygons: cutting along a shared line leaves points and lines behind."""
    return shapely.union_all([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])


def _nearest_cells(parts: Mapping[str, BaseGeometry], gap: BaseGeometry) -> Outlines:
    """For each part the area nearer to its outline than to any other's, good near the gap only."""
    step, reach = 0.002, gap.buffer(0.03)
    points: list[tuple[float, float]] = []
    owners: list[str] = []
    seen: set[tuple[float, float]] = set()
    for code, outline in parts.items():
        near = shapely.segmentize(outline.boundary, step).intersection(reach)
        for x, y in numpy.round(shapely.get_coordinates(near), 6).tolist():
            if (x, y) not in seen:
                seen.add((x, y))
                points.append((x, y))
                owners.append(code)
    diagram = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=gap, ordered=True)
    cells = shapely.get_parts(diagram)
    mine: dict[str, list[BaseGeometry]] = {}
    for owner, cell in zip(owners, cells, strict=True):
        mine.setdefault(owner, []).append(cell)
    return {code: shapely.union_all(pieces) for code, pieces in mine.items()}
