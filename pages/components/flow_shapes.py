"""Flows as shapes on a map: where each begins and ends, how wide, how curved. Degrees, and pixels for widths.

A flow that ends in a whole country ends at the border: its centre would say a place nobody measured.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy
import pandas
from numpy.typing import NDArray

from warehouse import territories

Points = NDArray[numpy.float64]  # one row a point: longitude and latitude, or the same on Mercator's plane

WIDEST = 16.0  # pixels, of the largest flow shown
NARROWEST = 1.2
LARGEST_RADIUS = 17.0  # pixels, of the place most people leave or reach
SMALLEST_RADIUS = 2.5
FEW = 30  # up to so many shapes they are drawn at these sizes

# deck.gl's arcs lie flat when tilted by 90°: half an ellipse this high, as a part of the distance.
TILT = 90
HEIGHT = 0.24
CHEVRON_AT = 0.82  # part of the way
# Strokes of a dashed flow that is as long as its border, and of any.
STROKES = 40
FEWEST_STROKES, MOST_STROKES = 3, 12
# How far beyond the border a flow to a whole country goes, as a part of its length.
BEYOND = 0.14
ACROSS = 0.055  # of a border's size, on either side of it, of a way nobody observes
LEAST = 0.35  # degrees: Monaco's border is four kilometres long
METRES = 111_320  # of a degree of latitude
BETWEEN_COUNTRIES = 0.35  # degrees on either side of the border


def ends(flows: pandas.DataFrame, border: str) -> tuple[Points, Points]:
    """Where each flow of `chosen_flows` begins and ends, in degrees; NaN for a place without coordinates."""
    begins = flows[["origin_lon", "origin_lat"]].to_numpy(dtype=float, copy=True)
    arrives = flows[["destination_lon", "destination_lat"]].to_numpy(dtype=float, copy=True)
    from_country = (flows["origin_level"] == "country").to_numpy()
    to_country = (flows["destination_level"] == "country").to_numpy()
    only_to, only_from = to_country & ~from_country, from_country & ~to_country
    arrives[only_to] = _beyond(begins[only_to], border)
    begins[only_from] = _beyond(arrives[only_from], border)
    for row in numpy.flatnonzero(from_country & to_country):
        begins[row], arrives[row] = _across(begins[row], arrives[row], border)
    return begins, arrives


def unobserved(flows: pandas.DataFrame, border: str, ways: Sequence[str]) -> list[Points]:
    """A short way across the border for each of `ways` (out, in), where it is farthest from every flow."""
    begins, arrives = ends(flows, border)
    start, _ = _segments()[border]
    inside, outside = (numpy.array(_centres()[name]) for name in ("FR", border))
    step = outside - inside
    west, south, east, north = border_bounds(border)
    size = max((east - west) / 2, north - south, LEAST)
    reach = ACROSS * size * step / numpy.hypot(*step)
    drawn = [_plane(along(begins, arrives, part)[0]) for part in (0.02, 0.25, 0.5, 0.75, 0.98)]
    taken = numpy.concatenate(drawn) if len(flows) else numpy.empty((0, 2))
    middle = start[len(start) // 8 : -(len(start) // 8) or None]
    found = []
    for way in ways:
        apart = ((middle[:, None, :] - taken[None]) ** 2).sum(axis=2)
        best = int(apart.min(axis=1).argmax()) if len(taken) else len(middle) // 2
        taken = numpy.concatenate([taken, middle[[best]]])
        crossing = _degrees(middle[[best]])[0]
        path = numpy.stack([crossing - reach, crossing + reach])
        found.append(path if way == "out" else path[::-1])
    return found


def widths(values: pandas.Series, largest: float, count: int) -> NDArray[numpy.float64]:
    """Pixels, proportional to the square root of the workers and relative to the largest of `count` flows."""
    widest = WIDEST * min((FEW / max(count, 1)) ** 0.25, 1)
    pixels: NDArray[numpy.float64] = numpy.maximum(
        widest * numpy.sqrt(values.to_numpy(dtype=float) / largest), min(NARROWEST, widest)
    )
    return pixels


def radii(values: pandas.Series) -> NDArray[numpy.float64]:
    """Pixels: the area of a disc follows the workers; many discs are smaller, to leave the flows in sight."""
    widest = LARGEST_RADIUS * min((FEW / max(len(values), 1)) ** 0.4, 1)
    pixels: NDArray[numpy.float64] = numpy.maximum(
        widest * numpy.sqrt(values.to_numpy(dtype=float) / values.max()), SMALLEST_RADIUS
    )
    return pixels


def strokes(begins: Points, arrives: Points, border: str) -> list[int]:
    """How many strokes each dashed flow is drawn with: about as long on all of them."""
    length = numpy.hypot(*(_plane(arrives) - _plane(begins)).T)
    west, south, east, north = border_bounds(border)
    count = STROKES * length / max(east - west, north - south, LEAST)
    found: list[int] = count.round().astype(int).clip(FEWEST_STROKES, MOST_STROKES).tolist()
    return found


def along(begins: Points, arrives: Points, part: float) -> tuple[Points, NDArray[numpy.float64]]:
    """The point at `part` of each arc, and its heading there in degrees counter-clockwise from east."""
    start, end = _plane(begins), _plane(arrives)
    step = end - start
    left = numpy.column_stack([-step[:, 1], step[:, 0]])
    bulge = math.sqrt(part * (1 - part)) * HEIGHT
    slope = (1 - 2 * part) / (2 * math.sqrt(part * (1 - part))) * HEIGHT
    heading = step + slope * left
    return _degrees(start + part * step + bulge * left), numpy.degrees(
        numpy.arctan2(heading[:, 1], heading[:, 0])
    )


def between(begin: Points, end: Points, count: int = 9) -> Points:
    """So many points on the straight way from one point to another."""
    return numpy.linspace(begin, end, count)


def metres(begin: Points, end: Points) -> float:
    """How far apart two near points are."""
    across, along = end - begin
    return float(math.hypot(across * math.cos(math.radians(begin[1])), along) * METRES)


def border_points() -> list[Points]:
    """The points of France's border with each neighbour, in degrees."""
    return [_degrees(start) for start, _ in _segments().values()]


def _beyond(places: Points, border: str) -> Points:
    """From each place to the nearest point of the border and a little further."""
    crossing = _nearest(places, border)
    beyond: Points = crossing + BEYOND * (crossing - places)
    return beyond


def _across(begin: Points, arrive: Points, border: str) -> tuple[Points, Points]:
    """Two points on either side of the middle of the border, on the way from one country to the other."""
    middle = _middle(border)
    way = arrive - begin
    reach = BETWEEN_COUNTRIES * way / numpy.hypot(*way)
    return middle - reach, middle + reach


def _nearest(places: Points, border: str) -> Points:
    """The point of the border nearest to each place, on the plane of the map."""
    if not len(places):
        return places
    start, end = _segments()[border]
    points = _plane(places)[:, None, :]
    step = end - start
    part = ((points - start) * step).sum(axis=2) / numpy.maximum((step * step).sum(axis=1), 1e-12)
    foot = start + numpy.clip(part, 0, 1)[:, :, None] * step
    best = ((foot - points) ** 2).sum(axis=2).argmin(axis=1)
    return _degrees(foot[numpy.arange(len(places)), best])


def _middle(border: str) -> Points:
    start, _ = _segments()[border]
    middle: Points = _degrees(start[[len(start) // 2]])[0]
    return middle


@lru_cache(maxsize=1)
def _segments() -> Mapping[str, tuple[Points, Points]]:
    """Neighbour -> begins and ends of the segments of its border with France, on the plane."""
    found: dict[str, tuple[Points, Points]] = {}
    for neighbour, shape in territories.border().items():
        lines = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
        planes = [_plane(numpy.array(line, dtype=float)) for line in lines]
        found[neighbour] = (
            numpy.concatenate([line[:-1] for line in planes]),
            numpy.concatenate([line[1:] for line in planes]),
        )
    return found


@lru_cache(maxsize=1)
def _centres() -> Mapping[str, tuple[float, float]]:
    frame = territories.territories()
    countries = frame[frame["level"] == "country"]
    return {
        name: (lon, lat)
        for name, lon, lat in zip(countries["territory_id"], countries["lon"], countries["lat"], strict=True)
    }


def border_bounds(border: str) -> territories.Bounds:
    """West, south, east and north of a border with France."""
    points = _degrees(numpy.concatenate(_segments()[border]))
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _plane(points: Points) -> Points:
    """Degrees on Mercator's plane, where arcs are drawn: y is the latitude stretched, in degrees."""
    latitude = numpy.radians(points[:, 1])
    return numpy.column_stack([points[:, 0], numpy.degrees(numpy.log(numpy.tan(math.pi / 4 + latitude / 2)))])


def _degrees(points: Points) -> Points:
    latitude = 2 * numpy.arctan(numpy.exp(numpy.radians(points[:, 1]))) - math.pi / 2
    return numpy.column_stack([points[:, 0], numpy.degrees(latitude)])
