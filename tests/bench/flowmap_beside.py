"""flowmap.gl drawing the flows our map draws, in the same Chromium: what ours costs beside it, as ratios.

`python -m tests.bench.flowmap_beside FOLDER`, FOLDER being a warehouse of tests.bench.flow_scale. It installs
the pinned npm packages in a temporary folder and needs npm; nothing of it enters the product.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.bench.flow_scale import DATASET
from tests.browser.chromium import FLAGS, find_or_install

PAGE = Path(__file__).with_name("flowmap")
INSTALL_SECONDS = 300
OPENINGS, FILTERS = 5, 10
WAIT_MS = 60_000


def measure(folder: Path) -> dict[str, float]:
    """`bytes`, data and script as gzip; `first`, `filter`: median milliseconds until the frame is issued."""
    os.environ["OBSERVATORY_DATA"] = str(folder)
    with tempfile.TemporaryDirectory() as scratch:
        site = _site(Path(scratch))
        sizes = sum(len(gzip.compress(file.read_bytes(), 6)) for file in site.iterdir())
        with _served(site) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_or_install(), args=list(FLAGS))
            first, filtered = [], []
            for opening in range(OPENINGS):
                page = browser.new_page(viewport={"width": 774, "height": 400})
                page.set_default_timeout(WAIT_MS)
                page.goto(url)
                page.wait_for_function("() => window.first")
                first.append(float(page.evaluate("window.first")))
                if opening == OPENINGS - 1:
                    filtered = [float(page.evaluate(f"window.filtered({turn})")) for turn in range(FILTERS)]
                page.close()
            browser.close()
    return {"bytes": sizes, "first": median(first), "filter": median(filtered)}


def _site(scratch: Path) -> Path:
    """The page, its script in one file and the flows."""
    work, site = scratch / "work", scratch / "site"
    shutil.copytree(PAGE, work)
    site.mkdir()
    for command in (
        ["npm", "install", "--no-audit", "--no-fund"],
        [
            "npx", "esbuild", "page.js", "--bundle", "--minify", "--format=esm", "--target=es2022",
            f"--outfile={site / 'bundle.js'}",
        ],
    ):  # fmt: skip
        subprocess.run(command, cwd=work, check=True, timeout=INSTALL_SECONDS, stdout=subprocess.DEVNULL)
    shutil.copy(PAGE / "index.html", site)
    (site / "data.json").write_text(json.dumps(_flows(), separators=(",", ":")), encoding="utf-8")
    return site


def _flows() -> dict[str, list[object]]:
    """The ten thousand largest flows across the Swiss border, as flowmap.gl wants them."""
    from warehouse.queries import flow_map

    chosen = flow_map.Selection("CH", f"census@{DATASET}", "2023", "municipality", largest=10_000)
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
    print(measure(Path(sys.argv[1])))
