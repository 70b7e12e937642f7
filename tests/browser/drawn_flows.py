"""The map of flows, asked what it has drawn and used with a mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy
from playwright.sync_api import expect

from pages.components import flow_shapes
from tests.browser.reader import MAP_MS, Reader

TOOLTIP = ".deck-tooltip"
STEPS = 4  # of a mouse on its way: deck.gl looks at where it goes, not at where it jumps


@dataclass(frozen=True)
class DrawnFlows:
    """The map of flows of a page, once every shape has come. Places in degrees, pixels in the window."""

    reader: Reader

    def __post_init__(self) -> None:
        self.wait()

    def wait(self) -> None:
        self.reader.page.wait_for_function("() => window.observed.flowsDrawn()", timeout=MAP_MS)

    @property
    def view(self) -> dict[str, float]:
        """`longitude`, `latitude` and `zoom`."""
        found: dict[str, float] = self._ask("flowView()")
        return found

    def wait_for_chosen(self, arcs: int, places: int) -> None:
        """Until so many arcs and places wear the outline of what is chosen."""
        self.reader.page.wait_for_function(
            """([arcs, places]) => window.observed.shapes("chosen-arc").length === arcs
                && window.observed.shapes("chosen-place").length === places""",
            arg=[arcs, places],
            timeout=MAP_MS,
        )

    def shapes(self, layer: str) -> list[dict[str, Any]]:
        """The rows of the layer whose name begins so, in the order drawn."""
        found: list[dict[str, Any]] = self._ask(f"shapes('{layer}')")
        return found

    def arcs(self) -> list[dict[str, Any]]:
        return self.shapes("arcs")

    def places(self) -> list[dict[str, Any]]:
        return self.shapes("places")

    def top_of(self, arc: dict[str, Any]) -> tuple[float, float]:
        """The point in the middle of an arc, in degrees."""
        (point,), _ = flow_shapes.along(numpy.array([arc["a"]]), numpy.array([arc["b"]]), 0.5)
        return float(point[0]), float(point[1])

    def hover(self, longitude: float, latitude: float) -> str:
        """What the map says under the mouse there, with ordinary spaces."""
        where = self._ask(f"flowPixel({longitude}, {latitude})")
        self.reader.page.mouse.move(where["x"] - STEPS, where["y"])
        self.reader.page.mouse.move(where["x"], where["y"], steps=STEPS)
        tooltip = self.reader.page.locator(TOOLTIP)
        expect(tooltip).to_be_visible()
        return self.reader.plain(TOOLTIP)

    def click(self, longitude: float, latitude: float) -> None:
        """Click the map there; what is chosen so goes into the address."""
        self.hover(longitude, latitude)
        where = self._ask(f"flowPixel({longitude}, {latitude})")
        with self.reader.changing_the_address():
            self.reader.page.mouse.click(where["x"], where["y"])
        self.wait()

    def drag_and_zoom(self) -> dict[str, float]:
        """Move the map with the mouse and come nearer with the wheel; the view that is left."""
        page, before = self.reader.page, self.view
        middle = self._ask(f"flowPixel({before['longitude']}, {before['latitude']})")
        page.mouse.move(middle["x"], middle["y"])
        page.mouse.down()
        page.mouse.move(middle["x"] + 60, middle["y"] + 40, steps=STEPS)
        page.mouse.up()
        page.mouse.wheel(0, -400)
        page.wait_for_function(
            "zoom => window.observed.flowView().zoom > zoom + 0.2", arg=before["zoom"], timeout=MAP_MS
        )
        page.wait_for_timeout(500)  # the map glides a little after the mouse has left it
        return self.view

    def _ask(self, question: str) -> Any:
        return self.reader.page.evaluate(f"window.observed.{question}")
