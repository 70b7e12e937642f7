"""A reader without a browser: speaks Streamlit's WebSocket, so that only the server is measured."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

RUN_SECONDS = 60


@dataclass(frozen=True)
class Run:
    """One run of a page's script: from the request to the last message, and the bytes on the wire."""

    seconds: float
    sent_bytes: int


class _CountingSocket(socket.socket):
    """Counts what arrives as it arrives: compressed, frames included."""

    received = 0

    def recv(self, *arguments: Any) -> bytes:
        data = super().recv(*arguments)
        self.received += len(data)
        return data


class Session:
    """One reader's session. Says what it has kept, as a browser does, so that it is not sent again."""

    def __init__(self, line: ClientConnection, wire: _CountingSocket) -> None:
        self._line = line
        self._wire = wire
        self._kept: set[str] = set()

    def run(self, path: str, query: str) -> Run:
        """Run the script of the page at `path`. AssertionError when it fails."""
        request = BackMsg()
        request.rerun_script.page_name = path.strip("/")
        request.rerun_script.query_string = query
        request.rerun_script.cached_message_hashes.extend(self._kept)
        before = self._wire.received
        start = time.perf_counter()
        self._line.send(request.SerializeToString())
        for message in self._messages():
            if message.metadata.cacheable:
                self._kept.add(message.hash)
            assert message.delta.new_element.WhichOneof("type") != "exception", f"{path}?{query} fails"
        return Run(time.perf_counter() - start, self._wire.received - before)

    def _messages(self) -> Iterator[ForwardMsg]:
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._line.recv(timeout=RUN_SECONDS))
            if message.WhichOneof("type") == "script_finished":
                # A script that calls `rerun` finishes early and starts again: only the last end counts.
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return
            else:
                yield message


@contextmanager
def session(url: str) -> Iterator[Session]:
    """A new session with the server at `url`."""
    address = urlsplit(url)
    wire = _CountingSocket(socket.AF_INET, socket.SOCK_STREAM)
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    wire.connect((address.hostname, address.port))
    stream = f"ws://{address.netloc}/_stcore/stream"
    with connect(stream, sock=wire, subprotocols=["streamlit"], max_size=None, proxy=None) as line:  # type: ignore[list-item]
        yield Session(line, wire)
