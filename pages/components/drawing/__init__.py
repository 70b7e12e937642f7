"""A Plotly figure that redraws in place.

`streamlit.plotly_chart` takes another figure for another chart: it throws away what is drawn, and a map pays
for a new WebGL context at every choice of its reader. Here the figure is data of one component, known by its
key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plotly
import plotly.graph_objects as go
import streamlit
from streamlit.components.v2 import component
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

if TYPE_CHECKING:
    from streamlit.components.v2.component_manager import BidiComponentManager
    from streamlit.components.v2.types import ComponentRenderer

# Plotly comes with its own package: the browser gets it from us, once, under the version's name.
LIBRARY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
LIBRARY_URL = f"/lib/plotly-{plotly.__version__}.js"

_FOLDER = Path(__file__).resolve().parent
_PACKAGE, _NAME = "observatoire", "drawing"

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

    _component(get_bidi_component_manager())(
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


@lru_cache(maxsize=1)
def _component(manager: BidiComponentManager) -> ComponentRenderer:
    """The component, its script served as a file of ours: our policy runs no script handed over as text.

    Streamlit serves the files of installed packages only; this registers the folder as if it were one.
    """
    manifest = ComponentManifest(_PACKAGE, plotly.__version__, [ComponentConfig(_NAME, asset_dir=".")])
    manager.register_from_manifest(manifest, _FOLDER)
    return component(f"{_PACKAGE}.{_NAME}", js="drawing.js", isolate_styles=False)
