"""The map of flows over a million invented ones: query, bytes, script, and what a reader waits for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from statistics import median

from playwright.sync_api import TimeoutError as NeverDrawn
from playwright.sync_api import sync_playwright

from tests.bench.flow_scale import FINEST, MAP, SHAPES, SOURCE, data_in, full_scale
from tests.bench.flowmap_beside import FRAME, OPENINGS, STILL_MS, measure_beside
from tests.bench.session import Session, session
from tests.bench.table import Line, percentile_95
from tests.browser.chromium import FLAGS, find_or_install
from tests.browser.reader import new_context, new_reader
from tests.server import Server, serving

RUNS = 15
SESSIONS = 10
WAIT_MS = 60_000

# A frame that is issued has been drawn when the browser has come to the second one after it.
_ON_SCREEN = """async () => {
    await window.nextFlows();
    const frame = () => new Promise(done => requestAnimationFrame(done));
    await frame();
    await frame();
    return performance.now();
}"""


def measure_flows(folder: Path) -> list[Line]:
    """`folder` is for the warehouse; it is the caller's to remove."""
    full_scale(folder)
    with data_in(folder):
        lines = _queries()
    with serving(folder) as server:
        server.wait_until_ready()
        lines += [*_bytes(server), *_reruns(server), *_windows(server), *measure_beside(server, folder)]
    return lines


def _queries() -> list[Line]:
    """Every filter of the page at the finest level: 95 % of the answers within the figure."""
    from warehouse import store
    from warehouse.queries import flow_map

    whole = flow_map.Selection("CH", SOURCE, "2023", "municipality")
    selections = [
        whole,
        replace(whole, direction="in"),
        replace(whole, origin_id="FRK28"),
        replace(whole, origin_id="FRK28", destination_id="CH013", direction="between"),
        replace(whole, threshold=200),
        replace(whole, level="nuts3"),
        replace(whole, largest=10_000),
    ]
    # The questions themselves: the page keeps their answers.
    taken = [
        _milliseconds(lambda sql=sql, choice=choice: store.ask(sql, choice.parameters))  # type: ignore[misc]
        for _ in range(RUNS)
        for choice in selections
        for sql in (flow_map.FLOWS, flow_map.TOTALS, flow_map.SUMMARY)
    ]
    return [Line("flows at full scale: query, any filter, p95", percentile_95(taken), 100, "ms")]


def _bytes(server: Server) -> list[Line]:
    sent = sum(len(server.get(f"{MAP}&shape={shape}", Accept_Encoding="gzip").body) for shape in SHAPES)
    return [Line("flows at full scale: map of 10 000 flows by URL, gzip", sent / 1000, 120, "KB")]


def _reruns(server: Server) -> list[Line]:
    path, query = FINEST.split("?")
    with session(server.url) as reader:
        _alternate(reader, path, query, 4)
        before = _cpu_seconds(server.pid)
        sent = _alternate(reader, path, query, RUNS)
        cpu = (_cpu_seconds(server.pid) - before) / RUNS * 1000
    resident = _resident_megabytes(server.pid)
    with _sessions(server, path, query):
        each = (_resident_megabytes(server.pid) - resident) / SESSIONS
    return [
        Line("flows at full scale: on the WebSocket a filter change, most", max(sent) / 1000, 60, "KB"),
        Line("flows at full scale: server CPU a rerun", cpu, 80, "ms"),
        Line("flows at full scale: memory a session", each, 5, "MB"),
    ]


def _alternate(reader: Session, path: str, query: str, turns: int) -> list[int]:
    ways = ("sortants", "tous")
    return [reader.run(path, f"{query}&sens={ways[turn % 2]}").sent_bytes for turn in range(turns)]


@contextmanager
def _sessions(server: Server, path: str, query: str, left: int = SESSIONS) -> Iterator[None]:
    """So many readers at once, each with the page open."""
    if not left:
        yield
        return
    with session(server.url) as reader:
        reader.run(path, query)
        with _sessions(server, path, query, left - 1):
            yield


def _windows(server: Server) -> list[Line]:
    """What could not be seen in time reads `not measured`: the other lines of the bench still print."""
    first: list[float] = []
    changes: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_or_install(), args=list(FLAGS))
        context = new_context(browser)
        context.add_init_script(path=FRAME)
        page = new_reader(context, server.url).page
        page.set_default_timeout(WAIT_MS)
        with suppress(NeverDrawn):
            for _ in range(OPENINGS):
                page.goto(server.url + FINEST, wait_until="commit")
                first.append(float(page.evaluate(_ON_SCREEN)))
                page.wait_for_timeout(STILL_MS)
            switch = page.get_by_role("radiogroup", name="Sens", exact=True)
            for turn in range(RUNS):
                page.evaluate(f"() => {{ window.next = ({_ON_SCREEN})(); }}")
                switch.get_by_role("radio", name=("Sortants", "Tous")[turn % 2], exact=True).click()
                changes.append(float(page.evaluate("async () => (await window.next) - window.pressed")))
                page.wait_for_timeout(STILL_MS)
        browser.close()
    shown = median(first[1:]) / 1000 if first[1:] else None  # the first fills the browser's cache
    redrawn = percentile_95(changes) if changes else None
    return [
        Line("flows at full scale: map of 10 000 on screen, warm", shown, 2.5, "s"),
        Line(
            "flows at full scale: filter → redraw, median", median(changes) if changes else None, None, "ms"
        ),
        Line("flows at full scale: filter → redraw, p95", redrawn, 1000, "ms"),
    ]


def _milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident_megabytes(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
