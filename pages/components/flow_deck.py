"""The map of flows: our own ground, the border over it, arcs that wear the colour of where they arrive.

Shapes come by URL from /api/v1/flows/map: the page itself sends decisions only. Layers keep their ids, so
that the view stays where the reader left it; only what can be hit changes its name after each click, because
a selection that stayed would grey everything else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas
import pydeck
import streamlit

from pages.components import basemap, flow_addresses, flow_ground, flow_labels, flow_rows, flow_shapes
from pages.components.context import LARGE_TYPE, Context
from pages.components.flow_ground import colour
from pages.components.flow_lines import OUTLINED
from warehouse import store, territories
from warehouse.queries import flow_map, flow_offers
from warehouse.queries.flow_map import Selection

KEY = "map-flows"
SHARE = 0.62
HIT_WIDTH = 10  # pixels around an arc that count as the arc
ROOM = 0.16  # around the border and the places of its default view
ABOVE_AND_BELOW = 400  # pixels of a screen that title, filters and legend take
# Of an arc, up to so many flows: every frame pays for each, and of thousands nobody sees the curve.
SEGMENTS = ((50, 30), (flow_rows.TOLD_APART, 16), (1000, 8), (math.inf, 2))
HIT_SEGMENTS = 8  # of what can be hit around an arc
# How solid an arc is where it begins and where it ends: a flow that can be relied on, an uncertain one.
FADING = ((70, 30), (240, 130))
FADING_OF_MANY = ((30, 4), (230, 40))
UNSEEN = 1e-5  # of a degree or a zoom level
PIXELS = "'pixels'"
CLICKS, RESETS = "flows:clicks", "flows:resets"


@dataclass(frozen=True)
class Drawing:
    """What is drawn: the flows of a selection, what is chosen of them, directions nobody observes.

    Chosen arcs and places are rows of flow_rows; `unobserved` is what to write in each direction.
    """

    selection: Selection
    flows: pandas.DataFrame
    chosen_arcs: Sequence[dict[str, Any]]
    chosen_places: Sequence[dict[str, Any]]
    unobserved: dict[str, str]

    @property
    def level(self) -> str:
        """The finest level outlined, at most that of the selection."""
        return self.selection.level if self.selection.level in OUTLINED else OUTLINED[-1]

    @cached_property
    def ways(self) -> list[flow_shapes.Points]:
        """Where the directions nobody observes are drawn, in the order of `unobserved`."""
        shown = self.flows.head(flow_map.DRAWN_AT_ONCE)
        return flow_shapes.unobserved(shown, self.selection.border, tuple(self.unobserved))


def show(context: Context, drawing: Drawing, on_choose: Callable[[str, int], None]) -> None:
    """Draw the map. `on_choose` receives `arcs` or `places` and the number of the row in that shape."""

    def take() -> None:
        for layer, indices in streamlit.session_state[KEY]["selection"]["indices"].items():
            if indices:
                streamlit.session_state[CLICKS] = streamlit.session_state.get(CLICKS, 0) + 1
                on_choose(layer.split("-")[0], int(indices[0]))

    streamlit.pydeck_chart(
        deck(context, drawing, streamlit.session_state.get(CLICKS, 0)),
        key=KEY,
        height=height_of(context),
        on_select=take,
        selection_mode="single-object",
        alt=context.words("flows.map_alternative"),
    )


def reset() -> None:
    """Have the next run show the first frame again."""
    streamlit.session_state[RESETS] = streamlit.session_state.get(RESETS, 0) + 1


def deck(context: Context, drawing: Drawing, clicks: int) -> pydeck.Deck:
    frame = _frame(context, drawing.selection)
    # Of a view only the numbers that change are set again: a reset changes each by less than anybody sees.
    nudge = streamlit.session_state.get(RESETS, 0) % 2 * UNSEEN
    return assembled(
        context,
        [
            *flow_ground.below(context, [drawing.selection.border], drawing.level),
            *_chosen(context, drawing),
            *_flows(context, drawing, clicks),
            *_unobserved(context, drawing),
            _names(context, drawing, frame),
        ],
        pydeck.ViewState(
            longitude=frame.longitude + nudge,
            latitude=frame.latitude + nudge,
            zoom=frame.zoom + nudge,
            min_zoom=3.5,
            max_zoom=12,
        ),
    )


def assembled(context: Context, layers: list[pydeck.Layer], view: pydeck.ViewState) -> pydeck.Deck:
    """A map without a third party's tiles; rows that can be hit say `o`, `t` and `v`."""
    tokens = context.palette
    return pydeck.Deck(
        layers=layers,
        initial_view_state=view,
        map_provider=None,
        tooltip={
            "html": "<b>{o}{t}</b><br>{v}",
            "style": {
                "backgroundColor": tokens.surface,
                "color": tokens.text,
                "border": f"1px solid {tokens.line}",
                "fontFamily": "Source Sans, sans-serif",
                "fontSize": "14px",
                "maxWidth": "22rem",
            },
        },
    )


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


def _flows(context: Context, drawing: Drawing, clicks: int) -> list[pydeck.Layer]:
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
            "PathLayer", id="dashes", data=dashes, pickable=False,
            get_path="p", get_width="w", width_units=PIXELS, width_min_pixels=2, get_color=side,
            extensions=[{"@@type": "PathStyleExtension", "dash": True}], get_dash_array=[4, 3],
        ),
        pydeck.Layer(
            "TextLayer", id="chevrons", data=chevrons, pickable=False,
            # deck.gl takes no text that is the same for all rows: both ways of the question say it.
            get_position="p", get_text="d ? '▶' : '▶'", get_angle="g", get_size="w", character_set="'▶'",
            get_color=f"h ? {colour(tokens.halo)[:3]} : {side}", font_family="'Source Sans, sans-serif'",
        ),
    ]  # fmt: skip
    hit = pydeck.Layer(
        "ArcLayer", id=f"arcs-hit-{clicks}", data=arcs, pickable=True, get_width=f"w + {HIT_WIDTH}",
        get_source_color=[0, 0, 0, 1], get_target_color=[0, 0, 0, 1], **arc | {"num_segments": HIT_SEGMENTS},
    )  # fmt: skip
    return [
        # Of thousands each is hit itself: twins would be drawn over one another at every frame.
        *([hit] if is_few else []),
        pydeck.Layer(
            "ArcLayer", id="arcs" if is_few else f"arcs-{clicks}", data=arcs, pickable=not is_few,
            get_width="k == 2 ? 0 : w",
            get_source_color=faded(into, out, *fading[0]), get_target_color=faded(into, out, *fading[1]),
            **arc,
        ),
        *(apart[:1] if is_few else []),
        *flow_ground.above(context, [selection.border]),
        pydeck.Layer(
            "ScatterplotLayer", id=f"places-hit-{clicks}", data=places,
            pickable=True, get_position="p", get_radius="r", radius_units=PIXELS, stroked=True,
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
    """Colour of one end by direction and reliability: an uncertain flow is lighter."""
    red, green, blue = (f"(d ? {one} : {other})" for one, other in zip(into[:3], out[:3], strict=True))
    return f"[{red}, {green}, {blue}, k == 1 ? {light} : {normal}]"


def _chosen(context: Context, drawing: Drawing) -> list[pydeck.Layer]:
    """What is chosen stands out by an outline, never by another fill."""
    ink = colour(context.palette.text)
    return [
        pydeck.Layer(
            "ArcLayer", id="chosen-arc", data=list(drawing.chosen_arcs), pickable=False, get_width="w + 6",
            get_source_color=ink, get_target_color=ink, **arc_shape(len(drawing.flows)),
        ),
        pydeck.Layer(
            "ScatterplotLayer", id="chosen-place", data=list(drawing.chosen_places), pickable=False,
            get_position="p", get_radius="r + 4", radius_units=PIXELS, get_fill_color=ink,
        ),
    ]  # fmt: skip


def _unobserved(context: Context, drawing: Drawing) -> list[pydeck.Layer]:
    """A dotted grey way where nobody looks: an absent arc would read as nobody."""
    grey = colour(context.palette.muted)
    paths = [{"p": path.tolist()} for path in drawing.ways]
    if not paths:
        return []
    return [
        pydeck.Layer(
            "PathLayer", id="unobserved", data=paths, pickable=False, get_path="p", get_width=4,
            width_units=PIXELS, get_color=grey, cap_rounded=True,
            extensions=[{"@@type": "PathStyleExtension", "dash": True}], get_dash_array=[0.1, 2],
        )
    ]  # fmt: skip


def _names(context: Context, drawing: Drawing, frame: flow_labels.View) -> pydeck.Layer:
    ink, quiet = colour(context.palette.text)[:3], colour(context.palette.muted)[:3]
    return pydeck.Layer(
        "TextLayer",
        id="names",
        data=flow_labels.written(
            drawing.selection,
            tuple(drawing.unobserved.items()),
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
