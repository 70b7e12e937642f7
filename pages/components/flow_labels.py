"""Names on the map of flows: the largest places first, none over another, countries where their flows go."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy
import pandas
from numpy.typing import NDArray

from pages.components import flow_rows, flow_shapes
from pages.components.flow_shapes import Points
from pages.components.words import Words, speak
from warehouse import store, territories
from warehouse.queries import flow_map
from warehouse.queries.flow_map import Selection
from warehouse.result import Language

TILE = 512
LETTER = 0.5  # of the type size: the mean width of a letter
PLACES = 16
GAP = 5  # pixels between a symbol and its name
FARTHER = 1.8  # times as far away, where there is no room beside a symbol
APART = 90  # pixels: a country is named once for flows that cross the border closer than this


@dataclass(frozen=True)
class View:
    """A frame of so many pixels around a point of the map."""

    longitude: float
    latitude: float
    zoom: float
    width: float
    height: float

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """From the left and the top of the frame."""
        scale = TILE * 2**self.zoom
        across = (longitude - self.longitude) / 360 * scale
        along = (_stretched(self.latitude) - _stretched(latitude)) * scale
        return self.width / 2 + across, self.height / 2 + along


@dataclass(frozen=True)
class Name:
    """What to write at a place; `radius` is that of its symbol, in pixels."""

    text: str
    longitude: float
    latitude: float
    radius: float
    is_quiet: bool = False  # a town, a remark: smaller, in lighter ink
    is_town: bool = False  # to find one's way by: no loss where there is no room


Boxes = NDArray[numpy.float64]  # one row a box: left, top, right and bottom, in pixels of the frame


@store.remembered
def written(
    selection: Selection,
    unobserved: tuple[tuple[str, str], ...],
    frame: View,
    size: float,
    language: Language,
) -> list[dict[str, Any]]:
    """What the map of a selection writes, as `rows`: directions nobody observes come first."""
    flows = flow_rows.drawable(flow_map.chosen_flows(selection).frame).head(flow_map.DRAWN_AT_ONCE)
    ways = flow_shapes.unobserved(flows, selection.border, [way for way, _ in unobserved])
    absent = [
        Name(text, float(way[-1][0]), float(way[-1][1]), 5.0, is_quiet=True)
        for way, (_, text) in zip(ways, unobserved, strict=True)
    ]
    found = names(flow_map.totals(selection).frame, flows, selection, frame, speak(language))
    dotted = [flow_shapes.between(way[0], way[-1]) for way in ways]
    return rows([*absent, *found], frame, size, [*lines(flows, selection.border), *dotted])


def lines(flows: pandas.DataFrame, border: str) -> list[Points]:
    """Points along the flows and the borders, which names keep off where there is room."""
    begins, arrives = flow_shapes.ends(flows, border)
    arcs = [flow_shapes.along(begins, arrives, part / 10)[0] for part in range(1, 10)]
    return [*arcs, *flow_shapes.border_points()]


def rows(
    names: Iterable[Name], view: View, size: float, crossed: Iterable[Points] = ()
) -> list[dict[str, Any]]:
    """The names that find room, in order. p: where; s: text; x, y: pixels beside; a: anchor; q: quiet.

    None covers another, nor a symbol. They keep off the lines through the points of `crossed` where they can;
    a town's name is left out rather than written over a line.
    """
    drawn = _around(view, [*crossed])
    taken = numpy.empty((0, 4))
    placed = []
    for name in names:
        x, y = view.pixel(name.longitude, name.latitude)
        letters = size * (0.86 if name.is_quiet else 1)
        width, height = LETTER * letters * len(name.text), letters * 1.25
        free = [
            (anchor, dx, dy, box)
            for anchor, dx, dy, box in _beside(x, y, name.radius + GAP, width, height)
            if _inside(box, view) and not _touches(box, taken)
        ]
        clear = [each for each in free if not _touches(each[-1], drawn)]
        if clear or (free and not name.is_town):
            anchor, dx, dy, box = (clear or free)[0]
            taken = numpy.vstack([taken, box])
            placed.append(
                {"p": [name.longitude, name.latitude], "s": name.text, "a": anchor}
                | {"x": round(dx, 1), "y": round(dy, 1), "z": round(letters, 1), "q": int(name.is_quiet)}
            )
        around = (x - name.radius, y - name.radius, x + name.radius, y + name.radius)
        taken = numpy.vstack([taken, around])
    return placed


def _beside(x: float, y: float, away: float, width: float, height: float) -> Iterator[tuple[Any, ...]]:
    """Where a name may stand around a point, the best place first: anchor, pixels beside, box."""
    for far in (1, FARTHER):
        side, above, corner = far * away, far * away + height / 2, 0.7 * far * away
        for anchor, dx, dy in (
            ("start", side, 0.0),
            ("end", -side, 0.0),
            ("middle", 0.0, -above),
            ("middle", 0.0, above),
            ("start", corner, -above),
            ("start", corner, above),
            ("end", -corner, -above),
            ("end", -corner, above),
        ):
            left = x + dx - {"start": 0, "middle": width / 2, "end": width}[anchor]
            yield anchor, dx, dy, (left, y + dy - height / 2, left + width, y + dy + height / 2)


def names(
    places: pandas.DataFrame, flows: pandas.DataFrame, selection: Selection, view: View, words: Words
) -> Iterator[Name]:
    """Countries where flows cross the border, the largest places, then towns to find one's way by."""
    yield from _countries(flows, selection, view, words)
    located = flow_rows.located(places)
    if not located.empty:
        for row, radius in zip(
            located.head(PLACES).to_dict("records"),
            flow_shapes.radii(located["value"].head(flow_rows.TOLD_APART)),
            strict=False,
        ):
            yield Name(row[f"name_{words.language}"], row["lon"], row["lat"], float(radius))
    for row in territories.cities().to_dict("records"):
        if row["rank"] <= 1:
            yield Name(
                row[f"name_{words.language}"], row["lon"], row["lat"], 2.0, is_quiet=True, is_town=True
            )


def _countries(flows: pandas.DataFrame, selection: Selection, view: View, words: Words) -> Iterator[Name]:
    begins, arrives = flow_shapes.ends(flows, selection.border)
    named: list[tuple[str, float, float]] = []
    for end, points in (("destination", arrives), ("origin", begins)):
        whole = (flows[f"{end}_level"] == "country").to_numpy()
        names_of_whole = flows.loc[whole, f"{end}_{words.language}"].tolist()
        for name, point in zip(names_of_whole, points[whole].tolist(), strict=True):
            x, y = view.pixel(point[0], point[1])
            is_new = all(name != other or math.hypot(x - left, y - top) > APART for other, left, top in named)
            if is_new and len(named) < PLACES:
                named.append((name, x, y))
                yield Name(name, point[0], point[1], 6.0)


def _around(view: View, points: list[Points]) -> Boxes:
    """A small box around each of the points that are in sight."""
    pixels = numpy.array([view.pixel(*point) for part in points for point in part.tolist()]).reshape(-1, 2)
    seen = pixels[((pixels >= 0) & (pixels <= (view.width, view.height))).all(axis=1)]
    return numpy.hstack([seen - GAP, seen + GAP])


def _inside(box: tuple[float, ...], view: View) -> bool:
    left, top, right, bottom = box
    return left >= 0 and top >= 0 and right <= view.width and bottom <= view.height


def _touches(box: tuple[float, ...], others: Boxes) -> bool:
    left, top, right, bottom = box
    across = (left < others[:, 2]) & (others[:, 0] < right)
    return bool((across & (top < others[:, 3]) & (others[:, 1] < bottom)).any())


def _stretched(latitude: float) -> float:
    """Mercator's y as a part of the world's width."""
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)
