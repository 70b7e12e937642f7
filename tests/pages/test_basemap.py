"""The view of a map holds what it must show, on a wide screen and on a phone."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from pages.components import basemap
from pages.components.basemap import Label, Outline
from pages.components.context import Context, Screen
from warehouse import territories

WIDE, PHONE = (1366 * 0.58, 476), (390 - 32, 380)
INTERREG = (1.38, 48.5, 6.0, 51.4)
Bounds = tuple[float, float, float, float]


def _pixels(lon: float, lat: float, view: dict[str, Any], frame: tuple[float, float]) -> tuple[float, float]:
    """Where MapLibre draws a point: the world is 512 · 2^zoom pixels wide in Web Mercator (EPSG:3857)."""
    world = 512 * 2 ** view["zoom"]

    def place(longitude: float, latitude: float) -> tuple[float, float]:
        sine = math.sin(math.radians(latitude))
        down = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
        return world * (longitude / 360 + 0.5), world * down

    x, y = place(lon, lat)
    middle_x, middle_y = place(view["center"]["lon"], view["center"]["lat"])
    return frame[0] / 2 + x - middle_x, frame[1] / 2 + y - middle_y


@pytest.mark.parametrize("frame", [WIDE, PHONE], ids=["1366", "390"])
@pytest.mark.parametrize(
    "bounds",
    [INTERREG, (4.0, 49.2, 4.2, 51.9), (-1.8, 49.0, 8.2, 49.4), (2.9, 50.6, 3.1, 50.7)],
    ids=["Interreg", "tall", "wide", "small"],
)
def test_bounds_fit_the_frame_with_a_margin_and_no_more(bounds: Bounds, frame: tuple[float, float]) -> None:
    west, south, east, north = bounds
    view = basemap.view(bounds, *frame)
    left, top = _pixels(west, north, view, frame)
    right, bottom = _pixels(east, south, view, frame)
    margin_x, margin_y = frame[0] * basemap.MARGIN, frame[1] * basemap.MARGIN
    assert left >= margin_x - 0.01
    assert right <= frame[0] - margin_x + 0.01
    assert top >= margin_y - 0.01
    assert bottom <= frame[1] - margin_y + 0.01
    # One of the two directions is full: the map is as large as it can be.
    assert min(left - margin_x, top - margin_y) == pytest.approx(0, abs=0.01)
    # And it is centred, in pixels rather than in degrees.
    assert left + right == pytest.approx(frame[0])
    assert top + bottom == pytest.approx(frame[1])


@pytest.mark.parametrize("frame", [WIDE, PHONE], ids=["1366", "390"])
def test_the_bounds_of_the_real_perimeter_hold_lille_and_arlon(frame: tuple[float, float]) -> None:
    bounds = territories.bounds(["INTERREG-FWV"])
    view = basemap.view(bounds, *frame)
    for lon, lat in ((3.06, 50.63), (5.81, 49.68), (1.85, 50.95), (4.36, 48.96)):  # and Calais, Châlons
        x, y = _pixels(lon, lat, view, frame)
        assert 0 < x < frame[0]
        assert 0 < y < frame[1]


def test_a_point_has_a_view_and_not_an_infinite_zoom() -> None:
    view = basemap.view((3.0, 50.6, 3.0, 50.6), *WIDE)
    assert math.isfinite(view["zoom"])


def _layers(style: dict[str, Any]) -> list[str]:
    return [layer["id"] for layer in style["layers"]]


def test_the_border_is_drawn_above_everything_but_names(context: Callable[..., Context]) -> None:
    style = basemap.style(context(), Outline(("INTERREG-FWV",), dashed=True), [])
    layers = _layers(style)
    assert layers.index("ground") < layers.index(basemap.BORDER) < layers.index("border")
    assert layers[-1] == "figure-labels"
    assert layers.index("chosen") < layers.index("border")
    widths = [layer["paint"]["line-width"] for layer in style["layers"] if layer["id"] == "border"]
    assert widths == [2.5]


def test_a_map_asks_nothing_of_a_third_party(context: Callable[..., Context]) -> None:
    style = basemap.style(context(), Outline(("INTERREG-FWV",)), [])
    assert "glyphs" not in style
    assert "sprite" not in style
    addresses = [source["data"] for source in style["sources"].values() if isinstance(source["data"], str)]
    assert addresses
    assert all(address.startswith("/geo/") for address in addresses)


def test_an_indicative_perimeter_is_dashed_and_a_territory_is_not(context: Callable[..., Context]) -> None:
    def dashes(outline: Outline) -> list[bool]:
        layers = basemap.style(context(), outline, [])["layers"]
        return ["line-dasharray" in layer["paint"] for layer in layers if layer["id"] == "chosen"]

    assert dashes(Outline(("INTERREG-FWV",), dashed=True)) == [True]
    assert dashes(Outline(("FRE1",))) == [False]
    assert dashes(Outline(())) == []


def test_figures_are_written_where_they_belong(context: Callable[..., Context]) -> None:
    label = Label(3.06, 50.63, "Nord", "9,0\u202f%")
    (feature,) = basemap.style(context(), Outline(()), [label])["sources"]["labels"]["data"]["features"]
    assert feature["geometry"]["coordinates"] == [3.06, 50.63]
    assert (feature["properties"]["name"], feature["properties"]["figure"]) == ("Nord", "9,0\u202f%")


def test_a_label_of_a_symbol_stands_beside_it_and_beside_all_others(context: Callable[..., Context]) -> None:
    labels = [Label(3.06, 50.63, "Nord", "10 → 35", clear=22), Label(4.7, 49.8, "Ardennes", "7 → 18")]
    by_id = {layer["id"]: layer for layer in basemap.style(context(), Outline(()), labels)["layers"]}
    assert "center" not in by_id["figure-labels"]["layout"]["text-variable-anchor"]
    assert list(by_id)[-1] == "symbols-room", "room is taken before any text is placed"
    assert by_id["symbols-room"]["paint"]["text-opacity"] == 0

    phone = basemap.style(context(screen=Screen(390, 844)), Outline(()), labels)["layers"]
    (anchors,) = (x["layout"]["text-variable-anchor"] for x in phone if x["id"] == "figure-labels")
    assert anchors[:2] == ["top", "bottom"], "beside a symbol the frame would cut it"
