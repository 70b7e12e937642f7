"""Outlines drawn by different offices made to share their borders, vertex for vertex."""

from collections.abc import Sequence
from itertools import combinations

import numpy
import shapely
from shapely.geometry import GeometryCollection
from shapely.geometry.base import BaseGeometry

from warehouse.territories.preparation.official import DECIMALS, rounded

Outlines = dict[str, BaseGeometry]

WIDEST_GAP = 0.03  # degrees between two countries as two offices draw them; wider is water or a third country
SMALLEST_CUT = 0.0005  # square degrees, about 4 km²: what a cut leaves below that is a crumb
CRUMB = 0.0001  # square degrees, about 0.8 km²: a detached piece below that is no exclave
SAMPLE_STEP = 0.002  # degrees between the points of an outline that claim a gap


def mosaic(coverages: Sequence[Outlines]) -> Outlines:
    """Several coverages as one: the first wins where they overlap, a gap goes to the nearest part."""
    wholes = [shapely.union_all(list(coverage.values())) for coverage in coverages]
    taken: BaseGeometry = GeometryCollection()
    parts: Outlines = {}
    for coverage, whole in zip(coverages, wholes, strict=True):
        parts |= {code: _cut(outline, taken) for code, outline in coverage.items()}
        taken = taken.union(whole)
    # Gaps are looked for where two coverages meet: elsewhere a narrow opening is an estuary.
    reaches = [whole.buffer(WIDEST_GAP) for whole in wholes]
    meeting = shapely.union_all([one.intersection(other) for one, other in combinations(reaches, 2)])
    closed = taken.buffer(WIDEST_GAP, join_style="mitre").buffer(-WIDEST_GAP, join_style="mitre")
    covered = shapely.union_all(list(parts.values()))
    enclosed = [hole for hole in holes(covered) if hole.intersects(meeting)]
    gap = shapely.union_all([closed.intersection(meeting), *enclosed]).difference(covered)
    return on_one_grid(_filled(parts, _areas(gap)))


def fit(parts: Outlines, frame: BaseGeometry) -> Outlines:
    """A coverage made to fill the frame: what sticks out is cut, a gap goes to the nearest part.

    Parts outside the frame are left out. `on_one_grid` puts the result on our grid.
    """
    cut = {code: _areas(outline.intersection(frame)) for code, outline in parts.items()}
    inside = {code: outline for code, outline in cut.items() if not outline.is_empty}
    gap = frame.difference(shapely.union_all(list(inside.values())))
    return _filled(inside, _areas(gap))


def discrepancy(one: BaseGeometry, other: BaseGeometry, elsewhere: BaseGeometry) -> tuple[float, float]:
    """Square degrees that both of two neighbours cover, and those between them that neither does.

    `elsewhere` is what third countries cover: where three borders meet their land is no gap.
    """
    both = one.union(other)
    reach = one.buffer(WIDEST_GAP).intersection(other.buffer(WIDEST_GAP))
    closed = both.buffer(WIDEST_GAP, join_style="mitre").buffer(-WIDEST_GAP, join_style="mitre")
    gap = closed.intersection(reach).difference(both).difference(elsewhere)
    return one.intersection(other).area, gap.area


def simplified(parts: Outlines, tolerance: float) -> Outlines:
    """The coverage with fewer vertices (Visvalingam, tolerance in degrees); neighbours lose the same ones."""
    outlines = shapely.coverage_simplify(list(parts.values()), tolerance)
    return dict(zip(parts, outlines, strict=True))


def holes(land: BaseGeometry) -> list[BaseGeometry]:
    return [shapely.Polygon(ring) for part in shapely.get_parts(land) for ring in part.interiors]


def on_one_grid(parts: Outlines) -> Outlines:
    """The parts with every shared border drawn once, on our grid: rebuilt from their common line work.

    A crumb of one part among others, which only the meeting of two drawings makes, goes to a neighbour.
    """
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
    pieces = [
        (code, piece)
        for code, mine in owned.items()
        for piece in shapely.get_parts(shapely.coverage_union_all(mine))
    ]
    whole = _without_crumbs(pieces)
    return {code: rounded(shapely.coverage_union_all(mine)) for code, mine in whole.items()}


def _without_crumbs(pieces: Sequence[tuple[str, BaseGeometry]]) -> dict[str, list[BaseGeometry]]:
    tree = shapely.STRtree([piece for _, piece in pieces])
    largest: dict[str, float] = {}
    for code, piece in pieces:
        largest[code] = max(piece.area, largest.get(code, 0.0))
    kept: dict[str, list[BaseGeometry]] = {}
    for code, piece in pieces:
        shared = {
            pieces[other][0]: piece.intersection(pieces[other][1]).length
            for other in tree.query(piece, predicate="touches")
            if pieces[other][1].area > CRUMB
        }
        is_crumb = piece.area < min(CRUMB, largest[code])
        owner = max(shared, key=lambda other: shared[other]) if is_crumb and shared else code
        kept.setdefault(owner, []).append(piece)
    return kept


def _cut(outline: BaseGeometry, taken: BaseGeometry) -> BaseGeometry:
    """The outline without what is taken, nor the crumbs of the cut."""
    if not outline.intersects(taken):
        return outline
    left = shapely.get_parts(_areas(outline.difference(taken)))
    largest = max(part.area for part in left)
    return shapely.union_all([part for part in left if part.area >= min(SMALLEST_CUT, largest)])


def _filled(parts: Outlines, gap: BaseGeometry) -> Outlines:
    """The parts with every point of the gap given to the part whose outline is nearest."""
    if gap.is_empty:
        return parts
    cells = _nearest_cells(parts, gap)
    return {
        code: _areas(outline.union(cells[code].intersection(gap))) if code in cells else outline
        for code, outline in parts.items()
    }


def _nearest_cells(parts: Outlines, gap: BaseGeometry) -> Outlines:
    """For each part the area nearer to its outline than to any other's, good near the gap only."""
    reach = gap.buffer(WIDEST_GAP)
    owners: dict[tuple[float, float], str] = {}
    for code, outline in parts.items():
        near = shapely.segmentize(outline.boundary, SAMPLE_STEP).intersection(reach)
        for x, y in numpy.round(shapely.get_coordinates(near), 6).tolist():
            owners.setdefault((x, y), code)
    points = shapely.MultiPoint(list(owners))
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=gap, ordered=True))
    claimed: dict[str, list[BaseGeometry]] = {}
    for code, cell in zip(owners.values(), cells, strict=True):
        claimed.setdefault(code, []).append(cell)
    return {code: shapely.union_all(pieces) for code, pieces in claimed.items()}


def _areas(geometry: BaseGeometry) -> BaseGeometry:
    """Only the polygons: cutting along a shared line leaves points and lines behind."""
    return shapely.union_all([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])
