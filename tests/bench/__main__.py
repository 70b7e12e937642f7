"""`make bench`: what, figure, budget. Figures are for reading: nothing here asserts a time.

`python -m tests.bench flows windows` measures some parts only. Each part is printed once it is measured.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bench.building import measure_build
from tests.bench.files import measure_files
from tests.bench.flows import measure_flows
from tests.bench.refreshes import measure_refreshes
from tests.bench.reruns import measure_reruns
from tests.bench.strategies import measure_strategies
from tests.bench.table import Line, printed
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


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    arguments.add_argument("part", nargs="*", help=f"what to measure, all by default: {', '.join(PARTS)}")
    wanted = arguments.parse_args().part or list(PARTS)
    if unknown := [part for part in wanted if part not in PARTS]:
        arguments.error(f"no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    with _folder() as built:
        print(printed(measure_build(built)), flush=True)
        for part in wanted:
            with _folder() as scratch:
                print(printed(PARTS[part](built, scratch)), flush=True)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "data"


def _served(built: Path, measure: Callable[[Server], list[Line]]) -> list[Line]:
    with serving(built) as server:
        server.wait_until_ready()
        # A server looks at start whether its build is current: let it finish before the clock runs.
        while (built / BUILDING).exists():
            time.sleep(0.1)
        return measure(server)


if __name__ == "__main__":
    main()
