"""The map of flows: our own ground, the border over it, arcs that wear the colour of where they arrive.

Shapes come by URL from /api/v1/flows/map: the page itself sends decisions only. Layers keep their ids, so
that what does not change from one view to the next is not read and prepared again.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas
import pydeck
import streamlit

from pages.components import basemap, flow_addresses, flow_ground, flow_labels, flow_rows, flow_shapes
from pages.components.context import LARGE_TYPE, Context
from pages.components.drawing import deck
from pages.components.flow_ground import colour
from pages.components.flow_lines import OUTLINED
from warehouse import store, territories
from warehouse.queries import flow_map, flow_offers
from warehouse.queries.flow_map import Selection

KEY = "map-flows"
SHARE = 0.62
ROOM = 0.16  # around the border and the places of its default view
ABOVE_AND_BELOW = 400  # pixels of a screen that title, filters and legend take
# Of an arc, up to so many flows: every frame pays for each, and of thousands nobody sees the curve.
SEGMENTS = ((50, 30), (flow_rows.TOLD_APART, 16), (1000, 8), (math.inf, 2))
# How solid an arc is where it begins and where it ends: a flow that can be relied on, an uncertain one.
FADING = ((70, 30), (240, 130))
FADING_OF_MANY = ((30, 4), (230, 40))
DOTS = 5  # on a way nobody observes
DOT = 0.3  # its radius, of the way from one to the next
PIXELS = "'pixels'"
MAPS_KEPT = 200


@dataclass(frozen=True)
class Drawing:
    """What is drawn: the flows of a selection, what is chosen of them, directions nobody observes.

    `chosen` is a shape, arcs or places, and the number of a row of it; `unobserved` is pairs of a direction
    and what to write there.
    """

    selection: Selection
    chosen: tuple[flow_rows.Shape, int] | None
    unobserved: tuple[tuple[str, str], ...]

    @property
    def level(self) -> str:
        """The finest level outlined, at most that of the selection."""
        return self.selection.level if self.selection.level in OUTLINED else OUTLINED[-1]

    @cached_property
    def flows(self) -> pandas.DataFrame:
        return flow_rows.drawable(flow_map.chosen_flows(self.selection).frame)

    @cached_property
    def ways(self) -> list[flow_shapes.Points]:
        """Where the directions nobody observes are drawn, in the order of `unobserved`."""
        shown = self.flows.head(flow_map.DRAWN_AT_ONCE)
        ways = [way for way, _ in self.unobserved]
        return flow_shapes.unobserved(shown, self.selection.border, ways)


def show(context: Context, drawing: Drawing, on_choose: Callable[[str, int], None]) -> None:
    """Draw the map. `on_choose` receives `arcs` or `places` and the number of the row in that shape."""
    view = (*context.look, drawing.selection, drawing.chosen, drawing.unobserved)
    deck.show(
        _described(view, context, drawing),
        KEY,
        context.words("flows.map_alternative"),
        said(context),
        on_choose,
    )


def said(context: Context) -> dict[str, str]:
    """What a map of flows says itself, in the reader's language."""
    words = context.words
    return {
        "reset": words("flows.reset_view"),
        "waiting": words("flows.map_waiting"),
        "failed": words("flows.map_failed"),
    }


@streamlit.cache_resource(max_entries=MAPS_KEPT, show_spinner=False)
def _described(view: tuple[object, ...], _context: Context, _drawing: Drawing) -> deck.Map:
    """The map, kept under `view`: the same one is described once for all readers."""
    context, drawing = _context, _drawing
    frame = _frame(context, drawing.selection)
    layers = [
        *flow_ground.below(context, [drawing.selection.border], drawing.level),
        *_chosen(context, drawing),
        *_flows(context, drawing),
        *_unobserved(context, drawing),
        _names(context, drawing, frame),
    ]
    return described(layers, frame)


def described(layers: list[pydeck.Layer], frame: flow_labels.View) -> deck.Map:
    """A map without a third party's tiles; rows that can be hit say `o`, `t` and `v`."""
    view = pydeck.ViewState(
        longitude=frame.longitude, latitude=frame.latitude, zoom=frame.zoom, min_zoom=3.5, max_zoom=12
    )
    drawn = pydeck.Deck(layers=layers, initial_view_state=view, map_provider=None)
    return deck.Map(drawn.to_json(), frame.width, int(frame.height))


def height_of(context: Context) -> int:
    return 400 if context.screen.is_phone else min(max(context.screen.height - ABOVE_AND_BELOW, 400), 760)


def _frame(context: Context, selection: Selection) -> flow_labels.View:
    """Fitted to the border and the places it opens with: the same whatever is filtered."""
    screen = context.screen
    width = screen.width - 32 if screen.is_phone else (min(screen.width, 1760) - 64) * SHARE - 16
    height = height_of(context)
    view = basemap.view(_bounds(selection.border, selection.with_press), width, height)
    return flow_labels.View(
        round(view["center"]["lon"], 4),
        round(view["center"]["lat"], 4),
        round(view["zoom"], 2),
        width,
        height,
    )


@store.remembered
def _bounds(border: str, with_press: bool) -> territories.Bounds:
    west, south, east, north = flow_shapes.border_bounds(border)
    best = flow_offers.best(border, with_press)
    if best is not None:
        flows = flow_rows.drawable(flow_map.chosen_flows(best).frame).head(flow_map.DRAWN_AT_ONCE)
        for points in flow_shapes.ends(flows, border) if len(flows) else ():
            west, east = min(west, points[:, 0].min()), max(east, points[:, 0].max())
            south, north = min(south, points[:, 1].min()), max(north, points[:, 1].max())
    across, along = (max(east - west, flow_shapes.LEAST) * ROOM, max(north - south, flow_shapes.LEAST) * ROOM)
    return west - across, south - along, east + across, north + along


def _flows(context: Context, drawing: Drawing) -> list[pydeck.Layer]:
    tokens, selection, count = context.palette, drawing.selection, len(drawing.flows)
    # A flow wears the colour of the side it arrives on, and is pale where it begins.
    into, out = colour(tokens.french), colour(tokens.other)
    side = f"(d ? {into[:3]} : {out[:3]})"
    arcs, dashes, chevrons, places = (
        flow_addresses.shape(context, selection, name) for name in flow_rows.SHAPES
    )
    arc, is_few = arc_shape(count), count <= flow_rows.TOLD_APART
    fading = FADING if is_few else FADING_OF_MANY
    apart = [
        pydeck.Layer(
            "LineLayer", id="dashes", data=dashes, pickable=False, get_source_position="a",
            get_target_position="b", get_width="w", width_units=PIXELS, width_min_pixels=2, get_color=side,
        ),
        pydeck.Layer(
            "TextLayer", id="chevrons", data=chevrons, pickable=False,
            # deck.gl takes no text that is the same for all rows: both ways of the question say it.
            get_position="p", get_text="d ? '▶' : '▶'", get_angle="g", get_size="w", character_set="'▶'",
            get_color=f"h ? {colour(tokens.halo)[:3]} : {side}", font_family="'Source Sans, sans-serif'",
        ),
    ]  # fmt: skip
    return [
        pydeck.Layer(
            "ArcLayer", id="arcs", data=arcs, pickable=True, get_width="w",
            get_source_color=faded(into, out, *fading[0]), get_target_color=faded(into, out, *fading[1]),
            **arc,
        ),
        *(apart[:1] if is_few else []),
        *flow_ground.above(context, [selection.border]),
        pydeck.Layer(
            "ScatterplotLayer", id="places", data=places, pickable=True,
            get_position="p", get_radius="r", radius_units=PIXELS, stroked=True,
            get_fill_color=f"d ? {out[:3]} : {into[:3]}", get_line_color=colour(tokens.halo),
            line_width_units=PIXELS, get_line_width=1.5,
        ),
        *(apart[1:] if is_few else []),
    ]  # fmt: skip


def arc_shape(count: int) -> dict[str, Any]:
    return {
        "get_source_position": "a",
        "get_target_position": "b",
        "get_tilt": flow_shapes.TILT,
        "get_height": flow_shapes.HEIGHT,
        "num_segments": next(segments for most, segments in SEGMENTS if count <= most),
        "width_units": PIXELS,
    }


def faded(into: list[int], out: list[int], normal: int, light: int) -> str:
    """Colour of one end by direction and reliability: an uncertain flow is lighter.

    A dashed one is seen as its dashes, and hit where nobody sees it.
    """
    red, green, blue = (f"(d ? {one} : {other})" for one, other in zip(into[:3], out[:3], strict=True))
    return f"[{red}, {green}, {blue}, k == 2 ? 1 : k == 1 ? {light} : {normal}]"


def _chosen(context: Context, drawing: Drawing) -> list[pydeck.Layer]:
    """What is chosen stands out by an outline, never by another fill."""
    if drawing.chosen is None:
        return []
    shape, row = drawing.chosen
    ink = colour(context.palette.text)
    common = {
        "id": f"chosen-{shape}",
        "data": flow_addresses.shape(context, drawing.selection, shape),
        "row": row,
        "pickable": False,
    }
    if shape == "places":
        return [
            pydeck.Layer(
                "ScatterplotLayer", get_position="p", get_radius="r + 4", radius_units=PIXELS,
                get_fill_color=ink, **common,
            )
        ]  # fmt: skip
    return [
        pydeck.Layer(
            "ArcLayer", get_width="w + 6", get_source_color=ink, get_target_color=ink,
            **arc_shape(len(drawing.flows)), **common,
        )
    ]  # fmt: skip


def _unobserved(context: Context, drawing: Drawing) -> list[pydeck.Layer]:
    """A dotted grey way where nobody looks: an absent arc would read as nobody."""
    dots = []
    for way in drawing.ways:
        points = flow_shapes.between(way[0], way[-1], DOTS)
        radius = flow_shapes.metres(points[0], points[1]) * DOT
        dots += [{"p": point, "r": round(radius)} for point in points.tolist()]
    if not dots:
        return []
    return [
        pydeck.Layer(
            "ScatterplotLayer", id="unobserved", data=dots, pickable=False, get_position="p", get_radius="r",
            radius_min_pixels=1.2, get_fill_color=colour(context.palette.muted),
        )
    ]  # fmt: skip


def _names(context: Context, drawing: Drawing, frame: flow_labels.View) -> pydeck.Layer:
    ink, quiet = colour(context.palette.text)[:3], colour(context.palette.muted)[:3]
    return pydeck.Layer(
        "TextLayer",
        id="names",
        data=flow_labels.written(
            drawing.selection,
            drawing.unobserved,
            frame,
            _size(context),
            context.words.language,
        ),
        pickable=False,
        get_position="p",
        get_text="s",
        get_text_anchor="a",
        get_pixel_offset="[x, y]",
        get_size="z",
        get_color=f"q ? {quiet} : {ink}",
        get_alignment_baseline="'center'",
        character_set="'auto'",
        font_family="'Source Sans, sans-serif'",
        font_weight=600,
        font_settings={"sdf": True, "fontSize": 48, "radius": 16},
        outline_width=5,
        outline_color=colour(context.palette.halo),
    )


def _size(context: Context) -> float:
    return 13.5 * (LARGE_TYPE if context.large_type else 1)
