"""One border as a small drawing, an SVG by URL: every border of France is drawn at one width scale."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

import numpy
import pandas

from pages.components import basemap, flow_labels, flow_rows, flow_shapes
from pages.components.flow_shapes import Points
from pages.components.theme import Palette
from pages.components.words import Words
from warehouse import territories
from warehouse.queries import flow_map
from warehouse.queries.flow_map import Selection

WIDTH, HEIGHT = 400, 270  # of the drawing, in its own pixels
TYPE = 12
ROOM = 0.22
LEAST = 0.4  # degrees
CURVE = numpy.linspace(0.02, 0.98, 13)


def svg(selection: Selection, largest: float, words: Words, palette: Palette) -> str:
    """The flows of a selection, as wide as `largest` workers anywhere are wide."""
    flows = flow_rows.in_order(flow_map.chosen_flows(selection).frame)
    begins, arrives = flow_shapes.ends(flows, selection.border)
    view = _view(selection.border, numpy.concatenate([begins, arrives]))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Source Sans 3, Source Sans, sans-serif" font-size="{TYPE}">',
        *_ground(view, palette),
        *_arcs(flows, begins, arrives, largest, view, palette),
        *_border(selection.border, view, palette),
        *_names(flows, selection, view, words, palette),
        "</svg>",
    ]
    return "".join(parts)


def _view(border: str, points: Points) -> flow_labels.View:
    west, south, east, north = flow_shapes.border_bounds(border)
    if len(points):
        west, east = min(west, points[:, 0].min()), max(east, points[:, 0].max())
        south, north = min(south, points[:, 1].min()), max(north, points[:, 1].max())
    across, along = max(east - west, LEAST) * ROOM, max(north - south, LEAST) * ROOM
    box = (west - across, south - along, east + across, north + along)
    fitted = basemap.view(box, WIDTH, HEIGHT)
    middle = fitted["center"]
    return flow_labels.View(middle["lon"], middle["lat"], fitted["zoom"], WIDTH, HEIGHT)


def _ground(view: flow_labels.View, palette: Palette) -> Iterator[str]:
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{palette.page}"/>'
    for feature in territories.outlines("ground").values():
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        rings = [_line(ring, view) for polygon in polygons for ring in polygon if _is_near(ring, view)]
        if rings:
            outline = "Z".join(rings)
            yield (
                f'<path d="{outline}Z" fill="{palette.ground}" stroke="{palette.region_line}" '
                f'fill-rule="evenodd"/>'
            )


def _border(border: str, view: flow_labels.View, palette: Palette) -> Iterator[str]:
    for neighbour, shape in territories.border().items():
        lines = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
        drawn = "".join(_line(line, view) for line in lines if _is_near(line, view))
        if drawn:
            width = 2.2 if neighbour == border else 1
            yield f'<path d="{drawn}" fill="none" stroke="{palette.border}" stroke-width="{width}"/>'


def _arcs(
    flows: pandas.DataFrame,
    begins: Points,
    arrives: Points,
    largest: float,
    view: flow_labels.View,
    palette: Palette,
) -> Iterator[str]:
    if flows.empty:
        return
    widths = flow_shapes.widths(flows["value"], largest, 1)
    curves = numpy.stack([flow_shapes.along(begins, arrives, part)[0] for part in CURVE], axis=1)
    looks = flow_rows.reliability(flows)
    lines = zip(curves, widths, flows["direction"], looks, strict=True)
    for place, (curve, width, direction, look) in enumerate(lines):
        ink = palette.french if direction == "in" else palette.other
        points = [view.pixel(*point) for point in curve]
        (x1, y1), (x2, y2) = points[0], points[-1]
        yield (
            f'<linearGradient id="g{place}" gradientUnits="userSpaceOnUse" x1="{x1:.1f}" y1="{y1:.1f}" '
            f'x2="{x2:.1f}" y2="{y2:.1f}"><stop stop-color="{ink}" stop-opacity=".25"/>'
            f'<stop offset="1" stop-color="{ink}"/></linearGradient>'
        )
        dash = ' stroke-dasharray="4 3"' if look == flow_rows.DASHED else ""
        yield (
            f'<path d="{_path(points[:-1])}" fill="none" stroke="url(#g{place})" '
            f'stroke-width="{width:.1f}"{dash}/>'
        )
        yield _head(points[-2], points[-1], max(width * 0.7, 4), ink)


def _head(before: tuple[float, float], end: tuple[float, float], size: float, ink: str) -> str:
    """A triangle at the end of an arc, along its last step."""
    (x, y), turn = end, math.atan2(end[1] - before[1], end[0] - before[0])
    corners = [(0.0, 0.0), (-1.4 * size, -size), (-1.4 * size, size)]
    turned = [
        (x + dx * math.cos(turn) - dy * math.sin(turn), y + dx * math.sin(turn) + dy * math.cos(turn))
        for dx, dy in corners
    ]
    return f'<path d="{_path(turned)}Z" fill="{ink}"/>'


def _names(
    flows: pandas.DataFrame, selection: Selection, view: flow_labels.View, words: Words, palette: Palette
) -> Iterator[str]:
    places = flow_map.totals(selection).frame
    anchors = {"start": "start", "end": "end", "middle": "middle"}
    found = flow_labels.names(places, flows, selection, view, words)
    for row in flow_labels.rows(found, view, TYPE, flow_labels.lines(flows, selection.border)):
        x, y = view.pixel(*row["p"])
        ink = palette.muted if row["q"] else palette.text
        yield (
            f'<text x="{x + row["x"]:.1f}" y="{y + row["y"] + TYPE / 3:.1f}" '
            f'text-anchor="{anchors[row["a"]]}" fill="{ink}" stroke="{palette.halo}" stroke-width="3" '
            f'paint-order="stroke" font-size="{row["z"]}">{escape(row["s"])}</text>'
        )


def _is_near(line: list[list[float]], view: flow_labels.View) -> bool:
    """Whether any of a line may be in sight."""
    points = numpy.array(line)
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    left, top = view.pixel(west, north)
    right, bottom = view.pixel(east, south)
    return bool(left < WIDTH and right > 0 and top < HEIGHT and bottom > 0)


def _line(line: list[list[float]], view: flow_labels.View) -> str:
    return _path([view.pixel(longitude, latitude) for longitude, latitude in line])


def _path(points: list[tuple[float, float]]) -> str:
    """SVG path; a point less than a pixel from the one before, or as far out of sight, adds nothing."""
    kept: list[tuple[int, int]] = []
    for x, y in points:
        # Half pixels, and nothing beyond three frames: what is far away has no detail.
        point = (
            round(2 * min(max(x, -WIDTH), 2 * WIDTH)),
            round(2 * min(max(y, -HEIGHT), 2 * HEIGHT)),
        )
        if not kept or point != kept[-1]:
            kept.append(point)
    return "M" + "L".join(f"{x / 2:g} {y / 2:g}" for x, y in kept)
