"""What lies under the flows: land, the outlines of a level on both sides; and over them the border."""

from __future__ import annotations

from collections.abc import Sequence

import pydeck

from pages.components import flow_addresses
from pages.components.context import Context
from pages.components.flow_lines import BORDER
from warehouse.territories.urls import geometry_url

LEVEL_WIDTH, BORDER_WIDTH, HALO_WIDTH = 0.75, 2.5, 6  # pixels


def below(context: Context, borders: Sequence[str], level: str) -> list[pydeck.Layer]:
    """Land, the outlines of a level and the light edge of each border, under the flows."""
    tokens = context.palette
    return [
        _land(context),
        *(
            _lines(f"level-{each}", flow_addresses.lines(context, each, level), tokens.line, LEVEL_WIDTH)
            for each in borders
        ),
        *(
            _lines(f"halo-{each}", flow_addresses.lines(context, each, BORDER), tokens.halo, HALO_WIDTH)
            for each in borders
        ),
    ]


def above(context: Context, borders: Sequence[str]) -> list[pydeck.Layer]:
    """The borders, over the flows: they are what flows cross."""
    ink = context.palette.border
    return [
        _lines(f"border-{each}", flow_addresses.lines(context, each, BORDER), ink, BORDER_WIDTH)
        for each in borders
    ]


def _land(context: Context) -> pydeck.Layer:
    return pydeck.Layer(
        "GeoJsonLayer",
        id="ground",
        data=geometry_url("ground"),
        pickable=False,
        stroked=False,
        get_fill_color=colour(context.palette.ground),
    )


def _lines(name: str, address: str, line: str, width: float) -> pydeck.Layer:
    """The lines at an address of ours, `width` pixels wide."""
    return pydeck.Layer(
        "LineLayer",
        id=name,
        data=address,
        pickable=False,
        get_source_position="a",
        get_target_position="b",
        get_color=colour(line),
        width_units="'pixels'",
        get_width=width,
    )


def colour(token: str, alpha: int = 255) -> list[int]:
    """A token of the palette, #RRGGBB, as deck.gl wants it."""
    return [*(int(token[start : start + 2], 16) for start in (1, 3, 5)), alpha]
