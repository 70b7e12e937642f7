"""A reader's own flows on the map of the page: the same ground and arcs, from what their session holds."""

from __future__ import annotations

from typing import Any

import numpy
import pandas
import pydeck

from pages.components import basemap, flow_deck, flow_ground, flow_labels, flow_shapes
from pages.components.context import Context
from pages.components.drawing import deck
from pages.components.flow_pair import HOME
from pages.components.flow_shapes import Points
from warehouse.queries import own_flows
from warehouse.queries.places import NEIGHBOURS
from warehouse.result import Language

LEAST = 0.25  # degrees around flows between places close to one another
ROOM = 0.16
SHARE = flow_deck.SHARE


def show(context: Context, flows: pandas.DataFrame) -> None:
    """Draw the flows given, which all have both ends placed."""
    begins, arrives = _ends(flows)
    borders = _borders(flows)
    width = context.screen.width - 32 if context.screen.is_phone else context.screen.width * SHARE
    height = flow_deck.height_of(context)
    view = basemap.view(_bounds(begins, arrives), width, height)
    layers = [
        *flow_ground.below(context, borders, "nuts3"),
        _arcs(context, _rows(flows, begins, arrives, context)),
        *flow_ground.above(context, borders),
        _circles(context, _places(flows, context)),
    ]
    frame = flow_labels.View(view["center"]["lon"], view["center"]["lat"], view["zoom"], width, height)
    drawn = flow_deck.described(layers, frame)
    deck.show(drawn, "map-own", context.words("own.alternative"), flow_deck.said(context))


def _ends(flows: pandas.DataFrame) -> tuple[Points, Points]:
    """Both ends of a flow: a whole country ends at its border with France, any other place at its point."""
    begins = flows[["origin_lon", "origin_lat"]].to_numpy(dtype=float, copy=True)
    arrives = flows[["destination_lon", "destination_lat"]].to_numpy(dtype=float, copy=True)
    countries = flows[["origin_country", "destination_country"]]
    is_crossing = (countries == HOME).sum(axis=1) == 1
    origin = countries["origin_country"]
    opposite = countries["destination_country"].where(origin == HOME, origin)
    for border in NEIGHBOURS:
        own = (is_crossing & (opposite == border)).to_numpy()
        if own.any():
            begins[own], arrives[own] = flow_shapes.ends(flows[own], border)
    return begins, arrives


def _borders(flows: pandas.DataFrame) -> list[str]:
    """The neighbours at an end of these flows; every one of them where all stay within France."""
    countries = {*flows["origin_country"], *flows["destination_country"]}
    return [border for border in NEIGHBOURS if border in countries] or list(NEIGHBOURS)


def _bounds(begins: Points, arrives: Points) -> tuple[float, float, float, float]:
    points = numpy.concatenate([begins, arrives])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    across, along = max((east - west) * ROOM, LEAST), max((north - south) * ROOM, LEAST)
    return float(west - across), float(south - along), float(east + across), float(north + along)


def _rows(flows: pandas.DataFrame, begins: Points, arrives: Points, context: Context) -> list[dict[str, Any]]:
    """a, b: both ends; w: pixels; d: 1 arrives in France; o, t, v: the hover."""
    language: Language = context.words.language
    widths = flow_shapes.widths(flows["value"], max(float(flows["value"].max()), 1.0), len(flows))
    return [
        {
            "a": [round(float(begin[0]), 3), round(float(begin[1]), 3)],
            "b": [round(float(end[0]), 3), round(float(end[1]), 3)],
            "w": round(float(width), 1),
            "d": int(row["destination_country"] == HOME),
            "k": 0,
            "o": f"{row[f'origin_{language}']} → ",
            "t": row[f"destination_{language}"],
            "v": " · ".join(part for part in (row["written"], row["period"], row["category"]) if part),
        }
        for row, begin, end, width in zip(flows.to_dict("records"), begins, arrives, widths, strict=True)
    ]


def _places(flows: pandas.DataFrame, context: Context) -> list[dict[str, Any]]:
    """p: where; r: pixels; d: 1 abroad; o, t, v: the hover. A whole country has no circle."""
    words = context.words
    places = own_flows.totals(flows)
    places = places[places["level"] != "country"]
    if places.empty:
        return []
    radii = flow_shapes.radii(places["outgoing"] + places["incoming"])
    return [
        {
            "p": [round(float(row["lon"]), 3), round(float(row["lat"]), 3)],
            "r": round(float(radius), 1),
            "d": int(row["country"] != HOME),
            "o": "",
            "t": row[f"name_{words.language}"],
            "v": words(
                "flows.place_out_in", out=words.number(row["outgoing"]), into=words.number(row["incoming"])
            ),
        }
        for row, radius in zip(places.to_dict("records"), radii, strict=True)
    ]


def _circles(context: Context, places: list[dict[str, Any]]) -> pydeck.Layer:
    tokens = context.palette
    into, out = flow_ground.colour(tokens.french), flow_ground.colour(tokens.other)
    return pydeck.Layer(
        "ScatterplotLayer", id="own-places", data=places, pickable=True,
        get_position="p", get_radius="r", radius_units=flow_deck.PIXELS, stroked=True,
        get_fill_color=f"d ? {out[:3]} : {into[:3]}", get_line_color=flow_ground.colour(tokens.halo),
        line_width_units=flow_deck.PIXELS, get_line_width=1.5,
    )  # fmt: skip


def _arcs(context: Context, rows: list[dict[str, Any]]) -> pydeck.Layer:
    into, out = flow_ground.colour(context.palette.french), flow_ground.colour(context.palette.other)
    return pydeck.Layer(
        "ArcLayer", id="own", data=rows, pickable=True, get_width="w",
        get_source_color=flow_deck.faded(into, out, *flow_deck.FADING[0]),
        get_target_color=flow_deck.faded(into, out, *flow_deck.FADING[1]),
        **flow_deck.arc_shape(len(rows)),
    )  # fmt: skip
