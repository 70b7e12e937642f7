"""A Plotly figure that redraws in place.

`streamlit.plotly_chart` takes another figure for another chart: it throws away what is drawn, and a map pays
for a new WebGL context at every choice of its reader. Here the figure is data of one component, known by its
key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import plotly
import plotly.graph_objects as go
import streamlit

from pages.components.drawing.component import drawn_by

# Plotly comes with its own package: the browser gets it from us, once, under the version's name.
LIBRARY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
LIBRARY_URL = f"/lib/plotly-{plotly.__version__}.js"

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawing:
    """A figure as the browser gets it. `bounds` is what a map is fitted to; None for a chart."""

    figure: str
    height: int
    bounds: Bounds | None = None


def drawing(figure: go.Figure, height: int, bounds: Bounds | None = None) -> Drawing:
    """Write a figure once; keep what comes back where the figure does not change from run to run."""
    figure.update_layout(height=height)
    return Drawing(figure.to_json(), height, bounds)


def show(
    drawn: Drawing,
    key: str,
    alternative: str,
    reset: str,
    config: Mapping[str, Any],
    on_choose: Callable[[str], None] | None = None,
) -> None:
    """Draw it in the page, under `key` for as long as the page lives.

    `alternative` is read in place of the drawing; `reset` names the button that brings a moved map back.
    `on_choose` receives the first `customdata` of what is clicked, before the run that follows.
    """

    def take() -> None:
        if on_choose is not None and (chosen := streamlit.session_state[key].get("chosen")) is not None:
            on_choose(chosen)

    drawn_by("drawing")(
        key=key,
        data={
            "figure": drawn.figure,
            "bounds": drawn.bounds,
            "height": drawn.height,
            "alternative": alternative,
            "reset": reset,
            "config": dict(config),
            "is_choice": on_choose is not None,
            "library": LIBRARY_URL,
        },
        height=drawn.height,
        on_chosen_change=take,
    )
