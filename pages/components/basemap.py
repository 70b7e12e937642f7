"""The quiet ground under every map: neighbours in grey, the border as the strongest line, names of towns.

A MapLibre style of our own: polygons come by URL from our `/geo`, text is drawn by the browser with the
page's font (no glyph server), nothing is asked of a third party. Data traces are inserted below BORDER.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.components.context import Context
from warehouse import territories
from warehouse.territories.urls import geometry_url

BORDER = "border-halo"
# MapLibre reads the weight in the name of a font and hands the list to the browser as a CSS family.
FONT = ["Source Sans", "Bold"]
MARGIN = 0.08
TILE = 512
LABEL_GAP = 0.6  # between a place and a label beside it, in lines


@dataclass(frozen=True)
class Label:
    """Two lines at a place: a name and what is shown there.

    `clear` is the radius in pixels of a symbol at the place: the label stands beside it, else on the place.
    """

    lon: float
    lat: float
    name: str
    figure: str
    clear: float = 0


@dataclass(frozen=True)
class Outline:
    """Territories to outline; one known by its position only gets a ring."""

    territory_ids: tuple[str, ...]
    dashed: bool = False


def style(context: Context, outline: Outline, labels: Sequence[Label]) -> dict[str, Any]:
    """The whole style: ground, outline of the chosen territories, border, town names, figure labels."""
    tokens, size = context.palette, _label_size(context)
    return {
        "version": 8,
        "sources": {
            "ground": {"type": "geojson", "data": geometry_url("ground")},
            "border": {"type": "geojson", "data": geometry_url("border")},
            "chosen": {"type": "geojson", "data": _outlined(outline)},
            "towns": {"type": "geojson", "data": _towns(context)},
            "labels": {"type": "geojson", "data": _labels(labels, size)},
        },
        "layers": [
            {"id": "sea", "type": "background", "paint": {"background-color": tokens.page}},
            {"id": "ground", "type": "fill", "source": "ground", "paint": {"fill-color": tokens.ground}},
            _line("ground-line", "ground", tokens.region_line, 0.75),
            # Data traces go below BORDER, so that the chosen place and the border stand on them.
            _line(BORDER, "border", tokens.halo, 6),
            *_highlight(outline, tokens.text, tokens.halo),
            _line("border", "border", tokens.border, 2.5),
            _town_dots(tokens.text, tokens.halo),
            _town_names(tokens.text, tokens.halo, 12 if not context.large_type else 17),
            _figure_labels(tokens.text, tokens.halo, size, _anchors(context, labels)),
            *_symbols_room(labels),
        ],
    }


def view(bounds: tuple[float, float, float, float], width: float, height: float) -> dict[str, Any]:
    """Centre and zoom that fit bounds (west, south, east, north) in a frame of so many pixels, 8 % margin."""
    west, south, east, north = bounds
    top, bottom = _mercator(north), _mercator(south)
    room = 1 - 2 * MARGIN
    across = width * room / (TILE * max((east - west) / 360, 1e-6))
    along = height * room / (TILE * max((top - bottom) / (2 * math.pi), 1e-6))
    middle = math.degrees(2 * math.atan(math.exp((top + bottom) / 2)) - math.pi / 2)
    return {"center": {"lon": (west + east) / 2, "lat": middle}, "zoom": math.log2(min(across, along))}


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _line(name: str, source: str, colour: str, width: float) -> dict[str, Any]:
    return {
        "id": name,
        "type": "line",
        "source": source,
        "layout": {"line-join": "round", "line-cap": "round"},
        "paint": {"line-color": colour, "line-width": width},
    }


def _highlight(outline: Outline, ink: str, halo: str) -> list[dict[str, Any]]:
    """The chosen place is an outline with a halo, never a fill; an indicative perimeter is dashed."""
    if not outline.territory_ids:
        return []
    line = _line("chosen", "chosen", ink, 2 if outline.dashed else 3)
    if outline.dashed:
        line["paint"]["line-dasharray"] = [2.5, 2]
        line["layout"]["line-cap"] = "butt"
    ring = {
        "id": "chosen-place",
        "type": "circle",
        "source": "chosen",
        "filter": ["==", ["geometry-type"], "Point"],
        "paint": {
            "circle-radius": 9,
            "circle-color": "transparent",
            "circle-stroke-color": ink,
            "circle-stroke-width": 3,
        },
    }
    return [_line("chosen-halo", "chosen", halo, 5 if outline.dashed else 6), line, ring]


def _outlined(outline: Outline) -> dict[str, Any]:
    """The chosen polygons themselves: a layer's file would be cut into tiles once more for one outline."""
    return {"type": "FeatureCollection", "features": [_feature(name) for name in outline.territory_ids]}


def _feature(territory_id: str) -> dict[str, Any]:
    if territories.is_drawn(territory_id):
        return territories.outlines(territories.layer(territory_id))[territory_id]
    west, south, east, north = territories.bounds([territory_id])
    where = {"type": "Point", "coordinates": [(west + east) / 2, (south + north) / 2]}
    return {"type": "Feature", "properties": {"territory_id": territory_id}, "geometry": where}


def _towns(context: Context) -> dict[str, Any]:
    frame = territories.cities()
    name = f"name_{context.words.language}"
    return _collection(
        {"name": row[name], "rank": float(row["rank"])} | {"lon": float(row["lon"]), "lat": float(row["lat"])}
        for row in frame.to_dict("records")
    )


def _label_size(context: Context) -> int:
    return 20 if context.large_type else 14


def _labels(labels: Sequence[Label], size: int) -> dict[str, Any]:
    """The first labels are placed first; a later one that finds no room is left to the hover.

    `away` is how far a label stands from its place, in lines of `size` pixels.
    """
    return _collection(
        {"name": item.name, "figure": item.figure, "order": order}
        | {"away": LABEL_GAP + item.clear / size, "clear": item.clear}
        | {"lon": item.lon, "lat": item.lat}
        for order, item in enumerate(labels)
    )


def _collection(points: Any) -> dict[str, Any]:
    features = []
    for point in points:
        where = [point.pop("lon"), point.pop("lat")]
        features.append(
            {"type": "Feature", "properties": point, "geometry": {"type": "Point", "coordinates": where}}
        )
    return {"type": "FeatureCollection", "features": features}


def _town_dots(ink: str, halo: str) -> dict[str, Any]:
    return {
        "id": "town-dots",
        "type": "circle",
        "source": "towns",
        "minzoom": 5.2,
        "filter": ["<=", ["get", "rank"], 1],
        "paint": {
            "circle-radius": 2.5,
            "circle-color": ink,
            "circle-stroke-color": halo,
            "circle-stroke-width": 1.5,
        },
    }


def _town_names(ink: str, halo: str, size: int) -> dict[str, Any]:
    return {
        "id": "town-names",
        "type": "symbol",
        "source": "towns",
        "minzoom": 5.2,
        "filter": ["<=", ["get", "rank"], 1],
        "layout": {
            "text-field": ["get", "name"],
            "text-font": FONT,
            "text-size": size,
            "text-variable-anchor": ["left", "right", "top", "bottom"],
            "text-radial-offset": 0.5,
            "symbol-sort-key": ["get", "rank"],
        },
        "paint": {"text-color": ink, "text-halo-color": halo, "text-halo-width": 1.6},
    }


def _anchors(context: Context, labels: Sequence[Label]) -> list[str]:
    """Which part of a label may stand at its place, the best first: the centre only where no symbol is."""
    upright, beside = ["top", "bottom"], ["left", "right"]
    if not any(item.clear for item in labels):
        return ["center", *upright, *beside]
    # A narrow frame would cut what stands beside a symbol.
    return [*upright, "right", "left"] if context.screen.is_phone else [*beside, *upright]


def _figure_labels(ink: str, halo: str, size: int, anchors: Sequence[str]) -> dict[str, Any]:
    """Figure labels come last: MapLibre places the topmost layer first, so a town gives way to a figure."""
    return {
        "id": "figure-labels",
        "type": "symbol",
        "source": "labels",
        "layout": {
            "text-field": [
                "format",
                ["get", "name"], {"font-scale": 0.82},
                "\n", {},
                ["get", "figure"], {"font-scale": 1.2},
            ],
            "text-font": FONT,
            "text-size": size,
            "text-max-width": 12,
            "text-padding": 1,
            "text-variable-anchor": list(anchors),
            "text-radial-offset": ["get", "away"],
            "symbol-sort-key": ["get", "order"],
        },
        "paint": {"text-color": ink, "text-halo-color": halo, "text-halo-width": 1.5},
    }  # fmt: skip


def _symbols_room(labels: Sequence[Label]) -> list[dict[str, Any]]:
    """Unseen signs as large as the symbols, placed before all text: no label covers another's symbol."""
    if not any(item.clear for item in labels):
        return []
    return [
        {
            "id": "symbols-room",
            "type": "symbol",
            "source": "labels",
            "layout": {
                "text-field": "■",
                "text-font": FONT,
                "text-size": ["*", 2, ["get", "clear"]],
                "text-padding": 0,
                "text-allow-overlap": True,
            },
            "paint": {"text-opacity": 0},
        }
    ]
