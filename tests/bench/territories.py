"""Places: the search of one, and the map of municipalities as a reader waits for it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Response, sync_playwright

from tests.bench.pages import MUNICIPALITIES
from tests.bench.table import Line, percentile_95
from tests.bench.windows import redraws
from tests.browser.chromium import FLAGS, find_or_install
from tests.browser.reader import new_context, new_reader
from tests.server import Server
from warehouse.queries.place_search import search
from warehouse.territories.urls import GEOMETRY_ROOT

SOUGHT = (
    "Lille", "59350", "BE328", "Mouscron", "Moeskroen", "54007", "saint nicolas", "Hainaut", "7700", "s",
    "sa", "le", "Atlantide", "geneve", "BE325", "59000", "SUC1L", "75056", "grande region", "villers",
)  # fmt: skip
OPENINGS, WAIT_MS = 3, 60_000
_A_MAP_IS_DRAWN = "() => window.observed.hasMap() && window.observed.mapsDrawn()"


def measure_territories(server: Server, folder: Path) -> list[Line]:
    """`folder` holds the warehouse the server shows."""
    os.environ["OBSERVATORY_DATA"] = str(folder)
    return [Line("search of a place, warm, p95", _search(), 50, "ms"), *_map(server)]


def _search() -> float:
    """Milliseconds; the first question of all makes the index."""
    search("Tournai")
    durations = []
    for sought in SOUGHT:
        start = time.perf_counter()
        search(sought)
        durations.append(time.perf_counter() - start)
    return percentile_95(durations) * 1000


def _map(server: Server) -> list[Line]:
    """A map of municipalities, in a window that has nothing, or the programs without the data, or both."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_or_install(), args=list(FLAGS))
        cold = [_opening(browser, server) for _ in range(OPENINGS)]
        warm = [_opening(browser, server, before="/methode") for _ in range(OPENINGS)]
        after_a_filter = redraws(browser, server, MUNICIPALITIES)
        browser.close()
    return [
        Line(
            "map of municipalities, cold browser: drawn, median",
            median(seconds for seconds, _ in cold),
            2.5,
            "s",
        ),
        Line(
            "map of municipalities, first opening: drawn, median",
            median(seconds for seconds, _ in warm),
            2.5,
            "s",
        ),
        Line("map of municipalities: filter changed → map redrawn, p95", after_a_filter, 1000, "ms"),
        Line("map of municipalities: our own data, as sent", max(size for _, size in cold), 900, "KB"),
    ]


def _opening(browser: Browser, server: Server, before: str = "") -> tuple[float, float]:
    """Seconds until the map is drawn and kilobytes of geometry, after the page `before` has been read."""
    context = new_context(browser)
    reader = new_reader(context, server.url)
    if before:
        reader.open(before)
    sent: list[Response] = []
    reader.page.on("response", lambda answer: sent.append(answer))
    start = time.perf_counter()
    reader.page.goto(server.url + MUNICIPALITIES.address, wait_until="commit")
    reader.page.wait_for_function(_A_MAP_IS_DRAWN, timeout=WAIT_MS)
    seconds = time.perf_counter() - start
    geometry = [answer for answer in sent if GEOMETRY_ROOT in answer.url]
    kilobytes = sum(answer.request.sizes()["responseBodySize"] for answer in geometry) / 1000
    context.close()
    return seconds, kilobytes
