"""The parts of the bench, by name; each is measured in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.bench.files import measure_files
from tests.bench.flows import measure_flows
from tests.bench.refreshes import measure_refreshes
from tests.bench.reruns import measure_reruns
from tests.bench.strategies import measure_strategies
from tests.bench.table import Line
from tests.bench.territories import measure_territories
from tests.bench.windows import measure_windows
from tests.server import Server, serving
from warehouse.store import BUILDING

# What each part measures is told by its module. It is given a folder with a build, and an empty one.
PARTS: Mapping[str, Callable[[Path, Path], list[Line]]] = {
    "files": lambda _, scratch: measure_files(scratch),
    "flows": lambda _, scratch: measure_flows(scratch / "flows"),
    "refreshes": lambda built, _: measure_refreshes(built),
    "windows": lambda built, scratch: _served(built, lambda server: measure_windows(server, scratch)),
    "reruns": lambda built, _: _served(built, measure_reruns),
    "strategies": lambda built, _: _served(built, lambda server: measure_strategies(server, built)),
    "territories": lambda built, _: _served(built, lambda server: measure_territories(server, built)),
}


def measured(part: str, built: Path, scratch: Path) -> list[Line]:
    """Alone in its process: what one starts counts the memory of who started it as its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as process:
        return process.submit(_measure, part, built, scratch).result()


def _measure(part: str, built: Path, scratch: Path) -> list[Line]:
    return PARTS[part](built, scratch)


def _served(built: Path, measure: Callable[[Server], list[Line]]) -> list[Line]:
    with serving(built) as server:
        server.wait_until_ready()
        # A server looks at start whether its build is current: let it finish before the clock runs.
        while (built / BUILDING).exists():
            time.sleep(0.1)
        return measure(server)
