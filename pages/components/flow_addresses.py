"""Where the browser reads what the map of flows is drawn from: new data have another address."""

from __future__ import annotations

from urllib.parse import urlencode

from pages.components import flow_rows
from pages.components.context import Context
from warehouse.queries.flow_map import Selection

SHAPES = "/api/v1/flows/map"
OUTLINES = "/api/v1/flows/outlines"


def shape(context: Context, selection: Selection, name: str) -> str:
    """Where the browser reads one shape of a selection; new data have another address."""
    parameters = {
        "shape": name,
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
    return f"{SHAPES}?{urlencode(parameters | {name: value for name, value in optional.items() if value})}"


def outlines(context: Context, selection: Selection) -> str:
    """Where the browser reads the outlines around a border: each line costs every frame."""
    level = selection.level if selection.level in flow_rows.OUTLINED else flow_rows.OUTLINED[-1]
    parameters = {"border": selection.border, "level": level, "v": context.build_id}
    return f"{OUTLINES}?{urlencode(parameters)}"
