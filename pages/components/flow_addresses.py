"""Where the browser reads what the map of flows is drawn from: new data have another address."""

from __future__ import annotations

from urllib.parse import urlencode

from pages.components.context import Context
from warehouse.queries.flow_map import Selection

SHAPES = "/api/v1/flows/map"
LINES = "/api/v1/flows/lines"


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


def lines(context: Context, border: str, drawn: str) -> str:
    """Where the browser reads the lines around a border: the outlines of a level, or the border."""
    return f"{LINES}?{urlencode({'border': border, 'drawn': drawn, 'v': context.build_id})}"
