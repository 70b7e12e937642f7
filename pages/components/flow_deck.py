"""The map of flows: our own ground, the border over it, arcs that wear the colour of where they arrive.

Shapes come by URL from /api/v1/flows/map: the page itself sends decisions only. Layers keep their ids, so
that the view stays where the reader left it; only what can be hit changes its name after each click, because
a selection that stayed would grey everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pydeck
import streamlit

from pages.components import basemap, flow_rows, flow_shapes
from pages.components.context import Context
from warehouse.queries import flow_map
from warehouse.queries.flow_map import Selection
from warehouse.territories.urls import geometry_url

ROUTE = "/api/v1/flows/map"
SHARE = 0.62
HIT_WIDTH = 10  # pixels around an arc that count as the arc
ROOM = 0.18  # around the border and the places of its default view
LEAST = 0.35  # degrees: Monaco's border is four kilometres long


def address(context: Context, selection: Selection, shape: str) -> str:
    """Where the browser reads one shape of a selection; new data have another address."""
    parameters = {
        "shape": shape,
        "border": selection.border,
        "source": selection.source_id,
        "period": selection.period,
        "level": selection.level,
        "direction": selection.direction,
        "largest": selection.largest,
        "lang": context.words.language,
        "v": context.build_id,
    }
    optional = {
        "origin": selection.origin_id,
        "destination": selection.destination_id,
        "threshold": f"{selection.threshold:g}" if selection.threshold else None,
        "press": "1" if selection.with_press else None,
    }
    return f"{ROUTE}?{urlencode(parameters | {name: value for name, value in optional.items() if value})}"


def show(context: Context, selection: Selection, on_choose: Callable[[str, int], None]) -> None:
    """Draw the map. `on_choose` receives `arcs` or `places` and the row's number in that shape."""
    words = context.words
    clicks = streamlit.session_state.setdefault("flows:clicks", 0)
    key = "map-flows"

    def take() -> None:
        picked = streamlit.session_state[key]["selection"]["indices"]
        for layer, indices in picked.items():
            if indices:
                streamlit.session_state["flows:clicks"] += 1
                on_choose(layer.split("-")[0], int(indices[0]))

    streamlit.pydeck_chart(
        deck(context, selection, clicks),
        key=key,
        height=_height(context),
        on_select=take,
        selection_mode="single-object",
        alt=words("flows.map_alternative"),
    )


def deck(context: Context, selection: Selection, clicks: int) -> pydeck.Deck:
    height = _height(context)
    width = (min(context.screen.width, 1760) - 80) * (1.0 if context.screen.is_phone else SHARE)
    view = basemap.view(_bounds(selection), width, height)
    resets = streamlit.session_state.get("flows:resets", 0)
    return pydeck.Deck(
        layers=[*_ground(context, selection), *_flows(context, selection, clicks)],
        initial_view_state=pydeck.ViewState(
            longitude=round(view["center"]["lon"], 4),
            latitude=round(view["center"]["lat"], 4),
            # A view is set again only when it changes: the reset changes it by less than anybody sees.
            zoom=round(view["zoom"], 2) + resets % 2 * 1e-4,
            min_zoom=3.5,
            max_zoom=12,
        ),
        map_provider=None,
        tooltip={
            "html": "<b>{t}</b><br>{v}<br><i>{f}</i>",
            "style": {
                "backgroundColor": context.palette.surface,
                "color": context.palette.text,
                "border": f"1px solid {context.palette.line}",
                "fontFamily": "Source Sans, sans-serif",
                "fontSize": "14px",
            },
        },
    )


def _height(context: Context) -> int:
    return 400 if context.screen.is_phone else min(max(int(context.screen.height * 0.62), 420), 760)


def _bounds(selection: Selection) -> tuple[float, float, float, float]:
    """Around the border and the places the border opens with: the same whatever is filtered."""
    west, south, east, north = flow_shapes.border_bounds(selection.border)
    best = flow_map.best(selection.border, selection.with_press) or selection
    flows = flow_rows.drawable(flow_map.chosen_flows(best).frame)
    if not flows.empty:
        for points in flow_shapes.ends(flows, selection.border):
            west, east = min(west, points[:, 0].min()), max(east, points[:, 0].max())
            south, north = min(south, points[:, 1].min()), max(north, points[:, 1].max())
    across, along = (max(east - west, LEAST) * ROOM, max(north - south, LEAST) * ROOM)
    return west - across, south - along, east + across, north + along


def _ground(context: Context, selection: Selection) -> list[pydeck.Layer]:
    tokens = context.palette
    level = "nuts3" if selection.level in ("municipality", "employment_zone") else selection.level
    return [
        _polygons("ground", "ground", fill=tokens.ground, line=tokens.region_line, width=0.75),
        _polygons("level", level, fill=None, line=tokens.line, width=0.75),
        _polygons("border-halo", "border", fill=None, line=tokens.halo, width=6),
        _polygons("border", "border", fill=None, line=tokens.border, width=2.5),
    ]


def _polygons(name: str, layer: str, fill: str | None, line: str, width: float) -> pydeck.Layer:
    return pydeck.Layer(
        "GeoJsonLayer",
        id=name,
        data=geometry_url(layer),
        pickable=False,
        filled=fill is not None,
        stroked=True,
        get_fill_color=colour(fill or line),
        get_line_color=colour(line),
        line_width_units="'pixels'",
        get_line_width=width,
        line_width_min_pixels=width,
        line_joint_rounded=True,
    )


def _flows(context: Context, selection: Selection, clicks: int) -> list[pydeck.Layer]:
    tokens = context.palette
    # A flow wears the colour of the side it arrives on, and is pale where it begins.
    into, out = colour(tokens.french), colour(tokens.other)
    side = f"d ? {into[:3]} : {out[:3]}"
    solid, pale = _alpha(into, out, 235, 120), _alpha(into, out, 70, 40)
    arcs = address(context, selection, "arcs")
    segments = 30 if selection.largest <= flow_map.DRAWN_AT_ONCE else 8
    arc = {
        "get_source_position": "a",
        "get_target_position": "b",
        "get_tilt": flow_shapes.TILT,
        "get_height": flow_shapes.HEIGHT,
        "num_segments": segments,
        "width_units": "'pixels'",
    }
    return [
        pydeck.Layer(
            "ArcLayer", id=f"arcs-hit-{clicks}", data=arcs, pickable=True, auto_highlight=False,
            get_width=f"w + {HIT_WIDTH}", get_source_color=[0, 0, 0, 1], get_target_color=[0, 0, 0, 1], **arc,
        ),
        pydeck.Layer(
            "ArcLayer", id="arcs", data=arcs, pickable=False,
            get_width="k == 2 ? 0 : w", get_source_color=pale, get_target_color=solid, **arc,
        ),
        pydeck.Layer(
            "PathLayer", id="dashes", data=address(context, selection, "dashes"), pickable=False,
            get_path="p", get_width="w", width_units="'pixels'", width_min_pixels=2, get_color=side,
            extensions=[{"@@type": "PathStyleExtension", "dash": True}], get_dash_array=[5, 4],
        ),
        pydeck.Layer(
            "ScatterplotLayer", id=f"places-hit-{clicks}", data=address(context, selection, "places"),
            pickable=True, get_position="p", get_radius="r", radius_units="'pixels'", stroked=True,
            get_fill_color=f"d ? {out[:3]} : {into[:3]}", get_line_color=colour(tokens.halo),
            line_width_units="'pixels'", get_line_width=1.5,
        ),
        pydeck.Layer(
            "TextLayer", id="chevrons", data=address(context, selection, "chevrons"), pickable=False,
            get_position="p", get_text="d ? '▶' : '▶'", get_angle="g", get_size="w", character_set="'▶'",
            get_color=side, font_family="'Source Sans, sans-serif'",
        ),
    ]  # fmt: skip


def _alpha(into: list[int], out: list[int], normal: int, light: int) -> str:
    """Colour of one end by direction and reliability: an uncertain flow is lighter."""
    red, green, blue = (f"(d ? {one} : {other})" for one, other in zip(into[:3], out[:3], strict=True))
    return f"[{red}, {green}, {blue}, k == 1 ? {light} : {normal}]"


def colour(token: str, alpha: int = 255) -> list[int]:
    """A token of the palette, #RRGGBB, as deck.gl wants it."""
    return [*(int(token[start : start + 2], 16) for start in (1, 3, 5)), alpha]


def reset() -> None:
    """Have the next run show the first frame again."""
    streamlit.session_state["flows:resets"] = streamlit.session_state.get("flows:resets", 0) + 1
