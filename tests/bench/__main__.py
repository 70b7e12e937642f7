"""`make bench`: what, figure, budget. Figures are for reading: nothing here asserts a time."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.bench.building import measure_build
from tests.bench.files import measure_files
from tests.bench.flows import measure_flows
from tests.bench.refreshes import measure_refreshes
from tests.bench.reruns import measure_reruns
from tests.bench.strategies import measure_strategies
from tests.bench.table import printed
from tests.bench.territories import measure_territories
from tests.bench.windows import measure_windows
from tests.server import Server, serving
from warehouse.store import BUILDING


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        built, unbuilt = Path(folder) / "built", Path(folder) / "unbuilt"
        lines = measure_build(built)
        lines += measure_files(Path(folder))
        lines += measure_flows(Path(folder) / "flows")
        lines += measure_refreshes(built)
        with serving(built) as server:
            _wait_until_alone(server, built)
            lines += measure_windows(server, unbuilt)
            lines += measure_reruns(server)
            lines += measure_strategies(server, built)
            lines += measure_territories(server, built)
    print(printed(lines))


def _wait_until_alone(server: Server, folder: Path) -> None:
    """A server looks at start whether its build is current: let it finish before the clock runs."""
    server.wait_until_ready()
    while (folder / BUILDING).exists():
        time.sleep(0.1)


if __name__ == "__main__":
    main()
