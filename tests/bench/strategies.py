"""Rencontres and Stratégies: their slowest view, the search, the drawing of the chain."""

from __future__ import annotations

import os
import time
from pathlib import Path

from pages.meetings import VIEWS
from pages.strategy import PARTS
from tests.bench.session import session
from tests.bench.table import Line, percentile_95
from tests.pages.reading import Reading
from tests.server import Server
from tests.warehouse.test_search import ASKED
from warehouse.queries.search import search
from warehouse.result import LANGUAGES

WARM_UP, RUNS = 3, 20
VIEWS_OF_PAGES = (("/rencontres", "vue", tuple(VIEWS)), ("/strategie", "partie", tuple(PARTS)))


def measure_strategies(server: Server, folder: Path) -> list[Line]:
    """`folder` holds the warehouse the server shows."""
    os.environ["OBSERVATORY_DATA"] = str(folder)
    return [
        *(_slowest_view(server, path, name, values) for path, name, values in VIEWS_OF_PAGES),
        Line("search, warm, p95", _search(), 50, "ms"),
        Line("the chain as a drawing, most", _drawing(), 200, "KB"),
    ]


def _slowest_view(server: Server, path: str, name: str, values: tuple[str, ...]) -> Line:
    slowest = ("", 0.0)
    for value in values:
        with session(server.url) as reader:
            runs = [reader.run(path, f"{name}={value}").seconds for _ in range(WARM_UP + RUNS)]
        slowest = max(slowest, (value, percentile_95(runs[WARM_UP:])), key=lambda pair: pair[1])
    return Line(f"{path}: slowest view ({slowest[0]}), warm, p95", slowest[1] * 1000, 300, "ms")


def _search() -> float:
    """Milliseconds to answer what a mayor would type; the first question of all makes the index."""
    search(next(iter(ASKED)))
    durations = []
    for asked in ASKED:
        start = time.perf_counter()
        search(asked)
        durations.append(time.perf_counter() - start)
    return percentile_95(durations) * 1000


def _drawing() -> float:
    """Kilobytes of the largest figure, as handed to the browser: all themes, in the longest language."""
    figures = (Reading("strategy", lang=language).app.get("plotly_chart")[0] for language in LANGUAGES)
    return max(len(figure.proto.spec.encode()) for figure in figures) / 1000
