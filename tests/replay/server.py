"""Answers as a test tells it to, at the paths of the providers, and remembers who asked for what."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Asked:
    """One request: `at` is in seconds of a clock that cannot be set, header names are lower case."""

    path: str
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    at: float


@dataclass
class Replay:
    """`url` is its address; what is asked at a path is answered in turn, the last answer again and again."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    _answers: dict[str, list[Answer]] = field(default_factory=dict)

    def serve(self, path: str, *answers: Answer) -> None:
        self._answers[path] = list(answers)

    def forget(self) -> None:
        """Nothing was asked yet, and nothing is answered but 404."""
        self.asked.clear()
        self._answers.clear()

    def at(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    def next_answer(self, path: str) -> Answer | None:
        answers = self._answers.get(path, [])
        return answers.pop(0) if len(answers) > 1 else next(iter(answers), None)


@contextmanager
def replaying() -> Iterator[Replay]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    replay = Replay(f"http://127.0.0.1:{server.server_address[1]}")
    server.replay = replay  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield replay
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        replay: Replay = self.server.replay  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = tuple(parse_qsl(parts.query))
        replay.asked.append(Asked(parts.path, query, headers, time.monotonic()))
        answer = replay.next_answer(parts.path)
        if answer is None:
            self.send_error(404)
            return
        answer(self)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing: a test reads `asked`."""
