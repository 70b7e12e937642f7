"""The real server, started as a person starts it and ended by its own process id."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
BUILD_SECONDS = 120

Launcher = Literal["streamlit", "uvicorn"]


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; header names are lower case, the body is as sent (perhaps gzip)."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    """A running server. `log` is what it wrote."""

    url: str
    pid: int
    log: Path

    def get(self, path: str, **headers: str) -> Answer:
        """GET without following what comes back; underscores in header names stand for hyphens."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, headers=sent)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return Answer(response.status, _lower(response.headers), response.read())
        except urllib.error.HTTPError as answer:
            with answer:
                return Answer(answer.code, _lower(answer.headers), answer.read())

    def wait_until_ready(self) -> None:
        """Until /healthz answers 200. AssertionError with the server's reason when it does not."""
        deadline = time.monotonic() + BUILD_SECONDS
        while (answer := self.get("/healthz")).status != 200:
            assert time.monotonic() < deadline, f"no build: {answer.body!r}"
            assert answer.json()["status"] == "building", f"no build: {answer.body!r}"
            time.sleep(0.1)


@contextmanager
def serving(folder: Path, launcher: Launcher = "streamlit", **environment: str) -> Iterator[Server]:
    """A server over the data in `folder`, on a free port, answering HTTP (a build may still be under way)."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    log = folder / f"server-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            _command(launcher, port),
            cwd=ROOT,
            env={**os.environ, "OBSERVATORY_DATA": str(folder), **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", process.pid, log)
    try:
        _wait_for_answer(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _command(launcher: Launcher, port: int) -> list[str]:
    if launcher == "uvicorn":
        return [sys.executable, "-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", str(port)]
    listen = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    return [sys.executable, "-m", "streamlit", "run", "app.py", *listen]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_answer(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended: {server.log.read_text()}"
        try:
            server.get("/_stcore/health")
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server does not answer: {server.log.read_text()}")


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
