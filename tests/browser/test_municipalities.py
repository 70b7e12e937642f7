"""The map of municipalities: figures on one side of the line, and no crack along it between the two sides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.drawn_map import DrawnMap
from warehouse import territories
from warehouse.territories.urls import geometry_url

INCOME = "/emploi?indicateur=fiscal_income_per_declaration&territoire=RT-HAUTS-DE-FRANCE"
LAYERS = ("municipality-BE", "municipality-FRE", "municipality-FRF")
# The ends of the line lie at the sea and in Luxembourg, where one side has no neighbour.
FROM_THE_ENDS = 0.05
NEAR = 2  # pixels on each side of the line
STEP = 0.002  # degrees between two looks

# Nothing is left on the map but municipalities in black on a ground of magenta.
STRIP = """async ([urls, box]) => {
    const map = window.observed.map();
    for (const layer of map.getStyle().layers) map.setLayoutProperty(layer.id, "visibility", "none");
    map.addLayer({id: "bare", type: "background", paint: {"background-color": "#ff00ff"}});
    for (const url of urls) {
        map.addSource(url, {type: "geojson", data: url});
        map.addLayer({id: url, type: "fill", source: url, paint: {"fill-color": "#000000"}});
    }
    map.fitBounds(box, {animate: false, padding: 20});
    await new Promise((drawn) => map.once("idle", drawn));
}"""
PROJECT = """(points) => {
    const map = window.observed.map(), frame = map.getContainer().getBoundingClientRect();
    return points.map((point) => map.project(point)).map(({x, y}) => [x + frame.x, y + frame.y]);
}"""
HIDE = """async (layer) => {
    const map = window.observed.map();
    map.setLayoutProperty(layer, "visibility", "none");
    await new Promise((drawn) => map.once("idle", drawn));
}"""


def test_the_municipalities_of_one_side_are_drawn_and_the_other_side_is_said_to_be_unobserved(
    open_page: OpenPage,
) -> None:
    """Statbel, fiscal income of 2013: Farciennes has the lowest mean of Hainaut and West Flanders."""
    reader = open_page(INCOME)
    assert "Farciennes" in reader.title
    assert "communes" in reader.plain('[data-testid="stMain"]')
    assert "non observé de ce côté" in reader.plain('[data-testid="legend"]')
    drawn = DrawnMap(reader)
    assert "Farciennes" in drawn.labels
    assert drawn.border_is_over_the_figures


def test_a_municipality_is_chosen_by_its_address_and_outlined(open_page: OpenPage) -> None:
    reader = open_page(INCOME.replace("RT-HAUTS-DE-FRANCE", "NIS57096"))
    assert "(Mouscron), 2013" in reader.title
    assert DrawnMap(reader).outlined == ["NIS57096"]


@pytest.mark.parametrize(
    "box", [(2.5, 49.4, 6.0, 51.2), (2.9, 50.4, 3.7, 50.85)], ids=["the whole border", "around Mouscron"]
)
def test_no_background_shows_along_the_border_between_municipalities(
    open_page: OpenPage, box: territories.Bounds
) -> None:
    page = open_page(INCOME).page
    belgian, *french = (geometry_url(layer) for layer in LAYERS)
    page.evaluate(STRIP, [[belgian, *french], list(box)])
    looked_at = list(along_the_border(box))
    seen = colours_around(page, looked_at)
    assert len(seen) > 5_000
    assert sum(is_background(colour) for colour in seen) == 0
    # The look itself is not blind: without one side there is background all along.
    page.evaluate(HIDE, belgian)
    assert sum(is_background(colour) for colour in colours_around(page, looked_at)) > 0.3 * len(seen)


def colours_around(page: Page, places: list[tuple[float, float]]) -> list[Any]:
    """The colours of all pixels within NEAR of the places, as they are on the screen."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    return [picture.getpixel(pixel) for pixel in around(page.evaluate(PROJECT, places), picture.size)]


def along_the_border(box: territories.Bounds) -> Iterator[tuple[float, float]]:
    """Points of the line between France and Belgium inside the box, away from its two ends."""
    shape = territories.border()["BE"]
    lines = [shape["coordinates"]] if shape["type"] == "LineString" else shape["coordinates"]
    every = [point for line in lines for point in line]
    ends = [min(every), max(every)]
    for line in lines:
        for (x, y), (to_x, to_y) in pairwise(line):
            steps = max(math.ceil(math.dist((x, y), (to_x, to_y)) / STEP), 1)
            for step in range(steps):
                point = x + (to_x - x) * step / steps, y + (to_y - y) * step / steps
                is_inside = box[0] < point[0] < box[2] and box[1] < point[1] < box[3]
                if is_inside and all(math.dist(point, end) > FROM_THE_ENDS for end in ends):
                    yield point


def around(points: Iterable[tuple[float, float]], size: tuple[int, int]) -> set[tuple[int, int]]:
    reach = range(-NEAR, NEAR + 1)
    near = {(round(x) + across, round(y) + along) for x, y in points for across in reach for along in reach}
    return {(x, y) for x, y in near if 0 <= x < size[0] and 0 <= y < size[1]}


def is_background(colour: Any) -> bool:
    red, green, blue = colour
    return red > 128 and green < 64 and blue > 128
