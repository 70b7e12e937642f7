"""What a reader waits for in a real browser: the first figures, the map, the map after a filter."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Response, sync_playwright

from tests.bench.pages import CLICKED, KEY_FIGURES, PAGES, BenchedPage
from tests.bench.table import Line, percentile_95
from tests.browser.chromium import FLAGS, find_or_install
from tests.browser.reader import Reader, new_context, new_reader
from tests.server import Server, serving

COLD_OPENINGS = 5
CHANGES = 20
WAIT_MS = 60_000

_A_MAP_IS_DRAWN = "() => window.observed.hasMap() && window.observed.mapsDrawn()"
_TIME_THE_REDRAW = Path(__file__).with_name("redraw.js").read_text(encoding="utf-8")


def measure_windows(server: Server, scratch: Path) -> list[Line]:
    """`scratch` is a folder for a server that has no build yet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_or_install(), args=list(FLAGS))
        openings = [_open_home(browser, server) for _ in range(COLD_OPENINGS)]
        figures = median(opening[0] for opening in openings)
        with serving(scratch) as unbuilt:
            figures_unbuilt, _ = _open_home(browser, unbuilt)
        lines = [
            Line("cold browser: key figures on screen, median", figures, 4, "s"),
            Line("cold browser: map drawn, median", median(opening[1] for opening in openings), 8, "s"),
            Line("without a build: key figures later by", figures_unbuilt - figures, 15, "s"),
            Line(
                f"{CLICKED.path}: filter changed → map redrawn, p95",
                redraws(browser, server, CLICKED),
                1000,
                "ms",
            ),
            *_weights(browser, server),
        ]
        browser.close()
    return lines


def _open_home(browser: Browser, server: Server) -> tuple[float, float]:
    """Seconds until the key figures are visible and until the map is drawn."""
    with _window(browser, server) as reader:
        start = time.perf_counter()
        reader.page.goto(server.url, wait_until="commit")
        reader.page.wait_for_selector(KEY_FIGURES, state="visible", timeout=WAIT_MS)
        figures = time.perf_counter() - start
        reader.page.wait_for_function(_A_MAP_IS_DRAWN, timeout=WAIT_MS)
        return figures, time.perf_counter() - start


def redraws(browser: Browser, server: Server, page: BenchedPage) -> float:
    """Milliseconds, p95 of CHANGES choices in the select box that alternate between two values."""
    first, second = page.filter.values
    durations: list[float] = []
    with _window(browser, server) as reader:
        reader.open(f"{page.path}?{page.query(second)}")
        for turn in range(CHANGES):
            wanted = (first, second)[turn % 2]
            # Typed, since a long list holds only the options in sight.
            reader.page.locator(f".st-key-widget-{page.filter.parameter} input").fill(wanted)
            option = reader.page.get_by_role("option", name=wanted, exact=True)
            option.wait_for()
            reader.page.evaluate(_TIME_THE_REDRAW)
            option.click()
            durations.append(float(reader.page.evaluate("window.redrawn")))
            reader.wait_until_still()
    return percentile_95(durations)


def _weights(browser: Browser, server: Server) -> list[Line]:
    """Our own data behind each page's map, as sent, and every request to another host."""
    lines: list[Line] = []
    foreign = 0
    for page in PAGES:
        with _window(browser, server) as reader:
            data: list[Response] = []
            reader.page.on("response", lambda response, data=data: data.append(response))
            reader.open(page.address)
            sent = sum(
                response.request.sizes()["responseBodySize"]
                for response in data
                if "/geo/" in response.url or "/api/" in response.url
            )
            foreign += len(reader.foreign_requests)
        if page.has_map:
            lines.append(Line(f"{page.address}: our own data for the map", sent / 1000, 600, "KB"))
    return [*lines, Line("requests to any other host, all pages", foreign, 0, "")]


@contextmanager
def _window(browser: Browser, server: Server) -> Iterator[Reader]:
    context = new_context(browser)
    yield new_reader(context, server.url)
    context.close()
