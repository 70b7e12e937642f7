"""The lines under the flows of a border, by URL: outlines of a level on both sides, and the border itself.

Every line is paid at each frame, by the point: each stretch is there once, and near the border only.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Any

from pages.components import flow_shapes
from warehouse import territories

HOME = "FR"
BORDER = "border"
OUTLINED = ("country", "nuts1", "nuts2", "nuts3")  # communes would be too many
DRAWN = (*OUTLINED, BORDER)
AROUND = 2.4  # times the height of a border: flows begin and end at some distance from it
WIDE = 1.5  # times as wide as high

Point = tuple[float, float]
Edge = tuple[Point, Point]


def rows(border: str, drawn: str) -> list[dict[str, Point]]:
    """A row a stretch of line from `a` to `b`, of one of OUTLINED or of the border with its neighbours."""
    found = _border(_box(border)) if drawn == BORDER else _between(drawn, border)
    return [{"a": begin, "b": end} for begin, end in found]


def _between(level: str, border: str) -> Iterator[Edge]:
    """Lines between territories of both countries, and between countries; coasts are the land's own edge.

    The border of France is drawn over everything: it is not among them.
    """
    shown = territories.around(_box(border), 0)
    beside: dict[Edge, set[str]] = defaultdict(set)
    for territory_id, feature in territories.outlines(level).items():
        if territory_id in shown:
            for edge in _edges(feature["geometry"]):
                beside[edge].add(territory_id[:2] if level == "country" else territory_id)
    for edge, touching in beside.items():
        countries = {territory_id[:2] for territory_id in touching}
        is_within = len(countries) == 1 and countries <= {HOME, border}
        if len(touching) > 1 and (is_within or (len(countries) > 1 and HOME not in countries)):
            yield edge


def _border(box: territories.Bounds) -> Iterator[Edge]:
    west, south, east, north = box
    for begin, end in chain.from_iterable(map(_edges, territories.border().values())):
        if west <= begin[0] <= east and south <= begin[1] <= north:
            yield begin, end


def _box(border: str) -> territories.Bounds:
    """What a frame around a border shows, whatever its form."""
    west, south, east, north = flow_shapes.border_bounds(border)
    longitude, latitude = (west + east) / 2, (south + north) / 2
    height = max(north - south, flow_shapes.LEAST) * AROUND
    width = max((east - west) * AROUND, WIDE * height / math.cos(math.radians(latitude)))
    return longitude - width / 2, latitude - height / 2, longitude + width / 2, latitude + height / 2


def _edges(geometry: dict[str, Any]) -> Iterator[Edge]:
    """The stretches a geometry is made of, each written the same way round."""
    parts: Any = geometry["coordinates"]
    if geometry["type"] == "LineString":
        parts = [parts]
    elif geometry["type"] == "MultiPolygon":
        parts = chain.from_iterable(parts)
    for line in parts:
        for begin, end in pairwise(line):
            first, last = sorted(((begin[0], begin[1]), (end[0], end[1])))
            yield first, last
