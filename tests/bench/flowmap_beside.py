"""flowmap.gl drawing the flows our map draws, in the same Chromium: what ours costs beside it, as ratios.

`python -m tests.bench.flowmap_beside` prints them; `make bench` does where npm is at hand. The pinned npm
packages are installed in a temporary folder: nothing of them enters the product.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from pages.components.drawing import deck
from tests.bench.flow_scale import DATASET, FINEST, MAP, SHAPES, data_in, full_scale
from tests.bench.table import Line, printed
from tests.browser.chromium import FLAGS, find_or_install
from tests.browser.reader import new_context, new_reader
from tests.server import Server, serving

PAGE = Path(__file__).with_name("flowmap")
FRAME = Path(__file__).with_name("flow_frame.js")
INSTALL_SECONDS = 300
OPENINGS, FILTERS = 5, 10
WAIT_MS = 60_000
STILL_MS = 1500
WINDOW = {"width": 774, "height": 400}  # of our map at 1366 × 768


@dataclass(frozen=True)
class Cost:
    """Bytes as gzip, of the flows and of all that draws them; median milliseconds until a frame is issued."""

    data: int
    everything: int
    first: float
    filtered: float


def measure_beside(server: Server, folder: Path) -> list[Line]:
    """What ours costs as a multiple of theirs; `server` serves the warehouse in `folder`."""
    if shutil.which("npm") is None:
        return [
            Line("flows beside flowmap.gl: put npm on the PATH and run make bench again", None, None, "×")
        ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_or_install(), args=list(FLAGS))
        ours, theirs = _ours(browser, server), _theirs(browser, folder)
        browser.close()
    return [
        Line("flows beside flowmap.gl: bytes of 10 000 flows, gzip", ours.data / theirs.data, None, "×"),
        Line(
            "flows beside flowmap.gl: bytes with what draws them",
            ours.everything / theirs.everything,
            None,
            "×",
        ),
        Line("flows beside flowmap.gl: flowmap.gl's first frame", theirs.first, None, "ms"),
        Line("flows beside flowmap.gl: our first frame, warm", ours.first / theirs.first, None, "×"),
        Line("flows beside flowmap.gl: flowmap.gl's frame of a filter", theirs.filtered, None, "ms"),
        Line(
            "flows beside flowmap.gl: our frame of a filter, server included",
            ours.filtered / theirs.filtered,
            None,
            "×",
        ),
    ]


def _ours(browser: Browser, server: Server) -> Cost:
    sent = [len(server.get(f"{MAP}&shape={shape}", Accept_Encoding="gzip").body) for shape in SHAPES]
    context = new_context(browser)
    context.add_init_script(path=FRAME)
    reader = new_reader(context, server.url)
    reader.open(FINEST)  # what the browser keeps is there from now on
    first: list[float] = []
    for _ in range(OPENINGS):
        reader.page.goto(server.url + FINEST, wait_until="commit")
        first.append(float(reader.page.evaluate("window.nextFlows()")))
        reader.page.wait_for_timeout(STILL_MS)
    switch = reader.page.get_by_role("radiogroup", name="Sens", exact=True)
    filtered: list[float] = []
    for turn in range(FILTERS):
        reader.page.evaluate("() => { window.next = window.nextFlows(); }")
        switch.get_by_role("radio", name=("Sortants", "Tous")[turn % 2], exact=True).click()
        filtered.append(float(reader.page.evaluate("async () => (await window.next) - window.pressed")))
        reader.page.wait_for_timeout(STILL_MS)
    context.close()
    return Cost(sum(sent), sum(sent) + _packed(deck.LIBRARY), median(first), median(filtered))


def _theirs(browser: Browser, folder: Path) -> Cost:
    with tempfile.TemporaryDirectory() as scratch:
        site = _site(Path(scratch), folder)
        with _served(site) as url:
            context = browser.new_context(viewport=WINDOW)
            page = context.new_page()
            page.set_default_timeout(WAIT_MS)
            page.goto(url)
            first: list[float] = []
            for _ in range(OPENINGS):
                page.goto(url)
                page.wait_for_function("() => window.filtered")
                first.append(float(page.evaluate("window.first")))
            filtered: list[float] = []
            for turn in range(FILTERS):
                page.wait_for_timeout(STILL_MS)  # as a reader does: the frame before has been drawn
                filtered.append(float(page.evaluate(f"window.filtered({turn})")))
            context.close()
        sizes = {file.name: _packed(file) for file in site.iterdir()}
    return Cost(sizes["data.json"], sum(sizes.values()), median(first), median(filtered))


def _packed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))


def _site(scratch: Path, folder: Path) -> Path:
    """The page, its script in one file and the flows."""
    work, site = scratch / "work", scratch / "site"
    shutil.copytree(PAGE, work)
    site.mkdir()
    for command in (
        ["npm", "install", "--no-audit", "--no-fund", "--silent"],
        [
            "npx", "esbuild", "page.js", "--bundle", "--minify", "--format=esm", "--target=es2022",
            "--log-level=warning", f"--outfile={site / 'bundle.js'}",
        ],
    ):  # fmt: skip
        subprocess.run(command, cwd=work, check=True, timeout=INSTALL_SECONDS, stdout=subprocess.DEVNULL)
    shutil.copy(PAGE / "index.html", site)
    (site / "data.json").write_text(json.dumps(_flows(folder), separators=(",", ":")), encoding="utf-8")
    return site


def _flows(folder: Path) -> dict[str, list[object]]:
    """The ten thousand largest flows across the Swiss border, as flowmap.gl wants them."""
    from warehouse.queries import flow_map

    chosen = flow_map.Selection("CH", f"census@{DATASET}", "2023", "municipality", largest=10_000)
    with data_in(folder):
        frame = flow_map.chosen_flows(chosen).frame
    ends = {
        row[0]: {"id": row[0], "name": row[1], "lat": row[2], "lon": row[3]}
        for end in ("origin", "destination")
        for row in frame[[f"{end}_id", f"{end}_fr", f"{end}_lat", f"{end}_lon"]].itertuples(index=False)
    }
    flows = zip(
        frame["origin_id"],
        frame["destination_id"],
        frame["value"].astype(int).tolist(),
        (frame["direction"] == "in").astype(int).tolist(),
        strict=True,
    )
    return {"locations": list(ends.values()), "flows": [list(flow) for flow in flows]}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written for each request."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as warehouse:
        full_scale(Path(warehouse))
        with serving(Path(warehouse)) as running:
            running.wait_until_ready()
            print(printed(measure_beside(running, Path(warehouse))))
