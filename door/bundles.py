"""Keeps what was compressed and never changes, so that it is compressed once and not once a visitor."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True)
class _Kept:
    start: Message
    body: bytes


class KeepCompressed:
    """Answers from memory with the gzip of every `immutable` answer: Streamlit's bundles and our outlines.

    Stands outside the compression. What is kept is bounded by the files on disk: only answers with status 200
    and `immutable` are, and those have their content's hash in their address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, _Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _may_be_kept(scope):
            await self._app(scope, receive, send)
            return
        kept = self._kept.get(scope["path"])
        if kept is None:
            keeper = _Keeper(send)
            await self._app(scope, receive, keeper)
            if keeper.start is not None:
                self._kept[scope["path"]] = _Kept(keeper.start, bytes(keeper.body))
            return
        # A copy: those who send on may add headers to the message they are given.
        await send({**kept.start, "headers": list(kept.start["headers"])})
        await send({"type": "http.response.body", "body": kept.body})


class _Keeper:
    """Passes an answer on and remembers it when it is worth keeping. `start` stays None when it is not."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.start: Message | None = None
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_worth_keeping(message):
            self.start = {**message, "headers": list(message["headers"])}
        elif self.start is not None:
            self.body += message.get("body", b"")
        await self._send(message)


def _may_be_kept(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    conditional = any(name in headers for name in ("range", "if-none-match", "if-modified-since"))
    return "gzip" in headers.get("accept-encoding", "") and not conditional


def _is_worth_keeping(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    is_compressed = headers.get("content-encoding") == "gzip"
    return bool(start["status"] == 200 and is_compressed and "immutable" in headers.get("cache-control", ""))
