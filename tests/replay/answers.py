"""What the server may answer: data, with or without validators, and every way of not sending them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler

from tests.replay.server import Answer

SILENCE = 2.0  # seconds, beyond every time limit of the tests


def data(body: bytes, etag: str = "", last_modified: str = "", **headers: str) -> Answer:
    """`body` with status 200, or 304 to who knows its edition already."""
    said = {"ETag": etag, "Last-Modified": last_modified, **_names(headers)}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        known = (handler.headers["If-None-Match"], handler.headers["If-Modified-Since"])
        if (etag and known[0] == etag) or (last_modified and known[1] == last_modified):
            _send(handler, 304, b"", {})
        else:
            _send(handler, 200, body, {name: value for name, value in said.items() if value})

    return answer


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    return lambda handler: _send(handler, code, body, _names(headers))


def redirect(target: str) -> Answer:
    return status(302, location=target)


def cut(body: bytes, after: int) -> Answer:
    """The connection closes in mid-body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        _begin(handler, len(body))
        handler.wfile.write(body[:after])
        handler.close_connection = True

    return answer


def stated_length(body: bytes, length: int) -> Answer:
    """A Content-Length that is not that of the body."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        _begin(handler, length)
        handler.wfile.write(body)
        handler.close_connection = True

    return answer


def silent_after(body: bytes, after: int) -> Answer:
    """The beginning of the body, then nothing, the connection left open."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        _begin(handler, len(body))
        handler.wfile.write(body[:after])
        handler.wfile.flush()
        time.sleep(SILENCE)
        handler.close_connection = True

    return answer


def silent() -> Answer:
    """Not even a status."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(SILENCE)
        handler.close_connection = True

    return answer


def dripping(body: bytes, seconds: float) -> Answer:
    """Never silent for long, and never done: a byte at a time."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        _begin(handler, len(body))
        handler.close_connection = True
        try:
            for byte in body:
                handler.wfile.write(bytes([byte]))
                time.sleep(seconds)
        except OSError:
            return

    return answer


def _begin(handler: BaseHTTPRequestHandler, length: int) -> None:
    handler.send_response_only(200)
    handler.send_header("Content-Length", str(length))
    handler.end_headers()


def _send(handler: BaseHTTPRequestHandler, code: int, body: bytes, headers: Mapping[str, str]) -> None:
    handler.send_response_only(code)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if code != 304:
        handler.wfile.write(body)


def _names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-").title(): value for name, value in headers.items()}
