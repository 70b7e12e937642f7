"""The addresses we answer beside the pages: /healthz for whoever watches, /geo and /api/v1 for the maps."""

from __future__ import annotations

import gzip
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from door.flows import flows, lines
from pages.components import drawing, flow_addresses
from pages.components.drawing import deck
from warehouse import store
from warehouse.territories import urls

_FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
_NEVER: Final = {"Cache-Control": "no-store"}
_COMPRESSED: Final = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
_GEOJSON: Final = "application/geo+json"


async def healthz(_request: Request) -> Response:
    """200 with the build in force; 503 with the reason where none can be asked."""
    status, answer = await run_in_threadpool(_health)
    return JSONResponse(answer, status_code=status, headers=_NEVER)


def _health() -> tuple[int, dict[str, str]]:
    match store.state():
        case store.Building():
            return 503, {"status": "building", "reason": "the first build is being made"}
        case store.Missing(reason):
            return 503, {"status": "unavailable", "reason": reason}
        case store.Ready(_, refused):
            try:
                stamp = store.build_stamp()
            except store.NoBuild as absence:
                return 503, {"status": "unavailable", "reason": str(absence)}
            answer = {"status": "ok", "build": stamp.build_id, "built_at": f"{stamp.built_at.isoformat()}Z"}
            # The last good build stays in force when a newer one fails: it answers, and says so.
            return 200, answer if refused is None else {**answer, "newer_build_refused": refused}


async def geometry(request: Request) -> Response:
    """One GeoJSON under its content-hashed name, compressed as it lies. 404 for a name not of today."""
    file = await run_in_threadpool(urls.geometry_file, request.path_params["name"])
    if file is None:
        return JSONResponse({"reason": "no such geometry"}, status_code=404, headers=_NEVER)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return FileResponse(file, media_type=_GEOJSON, headers=_FOR_EVER | _COMPRESSED)
    plain = await run_in_threadpool(lambda: gzip.decompress(file.read_bytes()))
    return Response(plain, media_type=_GEOJSON, headers=_FOR_EVER)


_LIBRARIES: Final = {drawing.LIBRARY_URL: drawing.LIBRARY, deck.LIBRARY_URL: deck.LIBRARY}


async def library(request: Request) -> Response:
    """A script that draws charts and maps, out of the package it comes with."""
    file = _LIBRARIES[request.url.path]
    return FileResponse(file, media_type="text/javascript", headers=_FOR_EVER)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route("/healthz", healthz),
    *(Route(address, library) for address in _LIBRARIES),
    Route(f"{urls.GEOMETRY_ROOT}/{{name}}", geometry),
    Route(flow_addresses.SHAPES, flows),
    Route(flow_addresses.LINES, lines),
)
