"""/api/v1/flows: the shapes of one selection of flows or its drawing, and what lies under it, for Flux."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.components import flow_frame, flow_lines, flow_rows
from pages.components.flow_rows import SHAPES
from pages.components.theme import DARK, LIGHT
from pages.components.words import speak
from warehouse import store
from warehouse.queries import flow_map, flow_offers, places
from warehouse.queries.flow_map import DIRECTIONS, LEVELS, Selection
from warehouse.queries.places import NEIGHBOURS
from warehouse.result import LANGUAGES

Name = TypeVar("Name", bound=str)

MOST_FLOWS: Final = 20_000
MOST_WORKERS: Final = 10**8
PALETTES: Final = {palette.name: palette for palette in (LIGHT, DARK)}
# The build in the address makes it another address with every new build; the ETag serves those without.
_CACHED: Final = "public, max-age=86400"
_NEVER: Final = {"Cache-Control": "no-store"}


class WrongParameter(ValueError):
    """A parameter is none of those allowed; the message names it and what may stand there."""


async def flows(request: Request) -> Response:
    """Rows or an SVG; 304 when the browser has them, 400 names a wrong parameter, 503: no build."""
    try:
        build = (await run_in_threadpool(store.build_stamp)).build_id
        if request.headers.get("if-none-match") == _tag(build):
            return Response(status_code=304, headers=_headers(build))
        body, media_type = await run_in_threadpool(_body, request.query_params)
    except WrongParameter as problem:
        return JSONResponse({"reason": str(problem)}, status_code=400, headers=_NEVER)
    except store.NoBuild as absence:
        return JSONResponse({"reason": str(absence)}, status_code=503, headers=_NEVER)
    return Response(body, media_type=media_type, headers=_headers(build))


async def lines(request: Request) -> Response:
    """The lines under the flows of a border, a row a stretch; 304, 400 and 503 as for flows."""
    try:
        build = (await run_in_threadpool(store.build_stamp)).build_id
        if request.headers.get("if-none-match") == _tag(build):
            return Response(status_code=304, headers=_headers(build))
        border = _one_of(request.query_params, "border", NEIGHBOURS)
        drawn = _one_of(request.query_params, "drawn", flow_lines.DRAWN)
    except WrongParameter as problem:
        return JSONResponse({"reason": str(problem)}, status_code=400, headers=_NEVER)
    except store.NoBuild as absence:
        return JSONResponse({"reason": str(absence)}, status_code=503, headers=_NEVER)
    body = await run_in_threadpool(_lines, border, drawn)
    return Response(body, media_type="application/json", headers=_headers(build))


@lru_cache(maxsize=64)  # every border at every level
def _lines(border: str, drawn: str) -> bytes:
    return json.dumps(flow_lines.rows(border, drawn), separators=(",", ":")).encode()


def _tag(build: str) -> str:
    return f'"{build}"'


def _headers(build: str) -> dict[str, str]:
    return {"Cache-Control": _CACHED, "ETag": _tag(build)}


def _body(asked: QueryParams) -> tuple[bytes, str]:
    """The rows of a shape, or the whole drawing of a border, and their media type."""
    selection = _selection(asked)
    shape = _one_of(asked, "shape", (*SHAPES, "frame"), "arcs")
    words = speak(_one_of(asked, "lang", LANGUAGES, "fr"))
    if shape == "frame":
        palette = PALETTES[_one_of(asked, "theme", tuple(PALETTES), "light")]
        largest = max(_number(asked, "largest_flow", 0, MOST_WORKERS), 1)
        return flow_frame.svg(selection, largest, words, palette).encode(), "image/svg+xml"
    rows = flow_rows.rows(selection, shape, words)
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), "application/json"


def _selection(asked: QueryParams) -> Selection:
    offers = flow_offers.offers(with_press=True)
    border = _one_of(asked, "border", NEIGHBOURS)
    own = offers[offers["border"] == border]
    source = _one_of(asked, "source", sorted(set(own["source_id"])))
    periods = sorted(set(own.loc[own["source_id"] == source, "period"]))
    return Selection(
        border=border,
        source_id=source,
        period=_one_of(asked, "period", periods),
        level=_one_of(asked, "level", LEVELS),
        direction=_one_of(asked, "direction", DIRECTIONS, "all"),
        origin_id=_place(asked, "origin"),
        destination_id=_place(asked, "destination"),
        threshold=_number(asked, "threshold", 0, MOST_WORKERS),
        largest=_number(asked, "largest", flow_map.DRAWN_AT_ONCE, MOST_FLOWS),
        with_press=_one_of(asked, "press", ("0", "1"), "0") == "1",
    )


def _one_of(asked: QueryParams, name: str, allowed: Sequence[Name], default: str | None = None) -> Name:
    value = asked.get(name, default)
    for each in allowed:
        if each == value:
            return each
    raise WrongParameter(f"{name}={value!r} is none of {', '.join(allowed)}")


def _place(asked: QueryParams, name: str) -> str | None:
    if not (territory_id := asked.get(name)):
        return None
    try:
        return places.territory(territory_id).territory_id
    except places.UnknownTerritory:
        raise WrongParameter(f"{name}={territory_id!r} is no territory of this build") from None


def _number(asked: QueryParams, name: str, default: int, most: int) -> int:
    text = asked.get(name, str(default))
    if not (text.isascii() and text.isdigit() and int(text) <= most):
        raise WrongParameter(f"{name}={text!r} is not a whole number from 0 to {most}")
    return int(text)
