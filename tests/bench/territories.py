"""Places: the search of one, and the map of municipalities as a reader waits for it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Response, sync_playwright

from tests.bench.table import Line, percentile_95
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
MUNICIPALITIES = "/emploi?indicateur=fiscal_income_per_declaration&territoire=RT-GRANDE-REGION"
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
    """A map of municipalities in a window that has the programs, not the data: seconds, kilobytes."""
    seconds: list[float] = []
    kilobytes: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_or_install(), args=list(FLAGS))
        for _ in range(OPENINGS):
            context = new_context(browser)
            reader = new_reader(context, server.url)
            reader.open("/methode")
            sent: list[Response] = []
            reader.page.on("response", lambda answer, sent=sent: sent.append(answer))
            start = time.perf_counter()
            reader.page.goto(server.url + MUNICIPALITIES, wait_until="commit")
            reader.page.wait_for_function(_A_MAP_IS_DRAWN, timeout=WAIT_MS)
            seconds.append(time.perf_counter() - start)
            geometry = [answer for answer in sent if GEOMETRY_ROOT in answer.url]
            kilobytes.append(sum(answer.request.sizes()["responseBodySize"] for answer in geometry) / 1000)
            context.close()
        browser.close()
    return [
        Line("map of municipalities, first opening: drawn, median", median(seconds), 2.5, "s"),
        Line("map of municipalities: our own data, as sent", max(kilobytes), 900, "KB"),
    ]
