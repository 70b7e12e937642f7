"""The map of a page, asked what it has drawn: layers, labels, places, pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.browser.reader import Reader
from warehouse import territories


@dataclass(frozen=True)
class DrawnMap:
    """The one map of a page that is still. Places in degrees, pixels in the window."""

    reader: Reader

    @property
    def layers(self) -> list[str]:
        """From the lowest to the highest; those of the figures start with `plotly-trace`."""
        found: list[str] = self._ask("layers()")
        return found

    @property
    def labels(self) -> dict[str, str]:
        """Place -> figure, with ordinary spaces; what does not fit is left to the hover."""
        found: dict[str, str] = self._ask("labels()")
        return {name: " ".join(figure.split()) for name, figure in found.items()}

    @property
    def traces(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._ask("traces(0)")
        return found

    @property
    def outlined(self) -> list[str]:
        """The territory_id of what wears the outline of the chosen place."""
        found: list[str] = self._ask("seen('chosen', 'territory_id')")
        return found

    @property
    def border_is_over_the_figures(self) -> bool:
        """Whether the national border is in sight, above every layer that carries figures."""
        layers = self.layers
        figures = [place for place, name in enumerate(layers) if name.startswith("plotly-trace")]
        in_sight: int = self._ask("map().queryRenderedFeatures({layers: ['border']}).length")
        return in_sight > 0 and bool(figures) and max(figures) < layers.index("border")

    def touch(self, longitude: float, latitude: float) -> None:
        """Click the map there; what is chosen so goes into the address."""
        page, where = self.reader.page, self._ask(f"pixel({longitude}, {latitude})")
        page.mouse.move(where["x"], where["y"])
        # Plotly clicks what it hovers: on a busy machine a click can come before the hover.
        page.locator(".hoverlayer .hovertext").first.wait_for()
        with self.reader.changing_the_address():
            page.mouse.click(where["x"], where["y"])

    def room_taken_by(self, *territory_ids: str) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the territories as parts of the frame: 0 and 1 are its edges."""
        west, south, east, north = territories.bounds(territory_ids)
        first, last = (
            self._ask(f"map().project([{longitude}, {latitude}])")
            for longitude, latitude in ((west, north), (east, south))
        )
        frame = self._ask("map().getContainer().getBoundingClientRect()")
        width, height = frame["width"], frame["height"]
        return first["x"] / width, first["y"] / height, last["x"] / width, last["y"] / height

    def _ask(self, question: str) -> Any:
        return self.reader.page.evaluate(f"window.observed.{question}")
