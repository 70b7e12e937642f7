"""A deck.gl map that redraws in place, described with pydeck.

`streamlit.pydeck_chart` draws the former flows once more as soon as it hears of other ones, and again when
they have come: without a graphics card that is a second for ten thousand. Here a picture is drawn once, when
all of it is there; it says what it waits for and what it could not read, and leads back to where it began.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pydeck
import streamlit

from pages.components.drawing.component import drawn_by

# deck.gl comes with pydeck: the browser gets it from us, once, under the version's name.
LIBRARY = Path(pydeck.__file__).parent / "nbextension" / "static" / "index.js"
LIBRARY_URL = f"/lib/deck-{pydeck.__version__}.js"


@dataclass(frozen=True)
class Map:
    """A pydeck map as JSON, for a frame of `width` and `height` pixels that its view fits.

    Rows lie at an address of ours or in the description; `row=n` on a layer draws the n-th of them alone.
    """

    description: str
    width: float
    height: int


def show(
    drawn: Map,
    key: str,
    alternative: str,
    said: dict[str, str],
    on_choose: Callable[[str, int], None] | None = None,
) -> None:
    """Draw it in the page, under `key` for as long as the page lives.

    `alternative` is its name for who does not see it; `said` holds what it says itself: `reset`, on the
    button that leads back to the first view, `waiting` and `failed`. `on_choose` receives the layer and the
    number of the row that is clicked, before the run that follows.
    """

    def take() -> None:
        chosen = streamlit.session_state[key].get("chosen")
        if on_choose is not None and chosen is not None:
            on_choose(str(chosen["layer"]), int(chosen["row"]))

    drawn_by("deck")(
        key=key,
        data={
            "description": drawn.description,
            "frame": {"width": drawn.width, "height": drawn.height},
            "height": drawn.height,
            "alternative": alternative,
            "is_choice": on_choose is not None,
            "library": LIBRARY_URL,
            **said,
        },
        height=drawn.height,
        on_chosen_change=take,
    )
