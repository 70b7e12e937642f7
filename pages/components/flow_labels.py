"""Names on the map of flows: the largest places first, none over another, countries where their flows go."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas

from pages.components import flow_rows, flow_shapes
from pages.components.flow_shapes import Points
from pages.components.words import Words, speak
from warehouse import store, territories
from warehouse.queries import flow_map
from warehouse.queries.flow_map import Selection
from warehouse.result import Language

TILE = 512
LETTER = 0.56  # of the type size: the mean width of a letter
PLACES = 16
GAP = 5  # pixels between a symbol and its name
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


Box = tuple[float, float, float, float]


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
    begins, arrives = flow_shapes.ends(flows, selection.border)
    crossed = [flow_shapes.along(begins, arrives, part / 10)[0] for part in range(1, 10)]
    return rows([*absent, *found], frame, size, crossed)


def rows(
    names: Iterable[Name], view: View, size: float, crossed: Iterable[Points] = ()
) -> list[dict[str, Any]]:
    """The names that find room, in order. p: where; s: text; x, y: pixels beside; a: anchor; q: quiet.

    A quiet name keeps off the flows too, which go through the points of `crossed`.
    """
    flows = [_around(view.pixel(*point)) for points in crossed for point in points]
    taken: list[Box] = []
    placed = []
    for name in names:
        x, y = view.pixel(name.longitude, name.latitude)
        letters = size * (0.86 if name.is_quiet else 1)
        width, height = LETTER * letters * len(name.text), letters * 1.25
        beside = name.radius + GAP
        for anchor, left, top, dx, dy in (
            ("start", x + beside, y - height / 2, beside, 0.0),
            ("end", x - beside - width, y - height / 2, -beside, 0.0),
            ("middle", x - width / 2, y - beside - height, 0.0, -beside - height / 2),
            ("middle", x - width / 2, y + beside, 0.0, beside + height / 2),
        ):
            box = (left, top, left + width, top + height)
            obstacles = [*taken, *flows] if name.is_quiet else taken
            if _inside(box, view) and not any(_touch(box, other) for other in obstacles):
                taken.append(box)
                placed.append(
                    {"p": [name.longitude, name.latitude], "s": name.text, "a": anchor}
                    | {"x": round(dx, 1), "y": round(dy, 1), "z": round(letters, 1), "q": int(name.is_quiet)}
                )
                break
        taken.append((x - name.radius, y - name.radius, x + name.radius, y + name.radius))
    return placed


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
            yield Name(row[f"name_{words.language}"], row["lon"], row["lat"], 2.0, is_quiet=True)


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


def _around(point: tuple[float, float]) -> Box:
    x, y = point
    return x - GAP, y - GAP, x + GAP, y + GAP


def _inside(box: Box, view: View) -> bool:
    left, top, right, bottom = box
    return left >= 0 and top >= 0 and right <= view.width and bottom <= view.height


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _stretched(latitude: float) -> float:
    """Mercator's y as a part of the world's width."""
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)
