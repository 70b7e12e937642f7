"""Lines at 45° cut to an outline: how a map shows a place without a figure."""

import math

import numpy
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

Segment = list[list[float]]

FEWEST_LINES = 10  # lines across a territory; spacings are powers of two, so never more than twice as many
DECIMALS = 3
_SHORTEST = 0.004  # degrees: below, a segment is a dot in a corner


def hatch(outline: BaseGeometry) -> list[Segment]:
    """Segments [[lon, lat], [lon, lat]] from lower left to upper right, inside the outline.

    Spacings are powers of two counted from one origin, so the lines of neighbours of a like size run on.
    """
    flat = shapely.transform(outline, _to_mercator)
    corners = shapely.get_coordinates(flat)
    west, east = corners[:, 0].min(), corners[:, 0].max()
    # A line is y - x = offset; offsets are whole numbers of spacings.
    offsets = corners[:, 1] - corners[:, 0]
    lowest, highest = offsets.min(), offsets.max()
    spacing = 2.0 ** math.floor(math.log2((highest - lowest) / FEWEST_LINES))
    steps = range(math.ceil(lowest / spacing), math.floor(highest / spacing) + 1)
    lines = [LineString([(west, west + step * spacing), (east, east + step * spacing)]) for step in steps]
    pieces = shapely.get_parts(shapely.intersection(lines, flat))
    return [_segment(piece) for piece in shapely.transform(pieces, _to_degrees) if piece.length > _SHORTEST]


def _segment(line: LineString) -> Segment:
    ends = sorted(line.coords)
    return [[round(value, DECIMALS) for value in point[:2]] for point in (ends[0], ends[-1])]


def _to_mercator(points: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    """Degrees to degrees of a Mercator map: the lines are at 45° on the screen, not on the globe."""
    latitude = numpy.degrees(numpy.arctanh(numpy.sin(numpy.radians(points[:, 1]))))
    return numpy.column_stack([points[:, 0], latitude])


def _to_degrees(points: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    latitude = numpy.degrees(numpy.arcsin(numpy.tanh(numpy.radians(points[:, 1]))))
    return numpy.column_stack([points[:, 0], latitude])
