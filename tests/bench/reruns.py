"""A page's script run on a warm server: duration, server CPU and what is sent to the browser."""

from __future__ import annotations

import os
from pathlib import Path

from tests.bench.pages import PAGES, BenchedPage
from tests.bench.session import Run, session
from tests.bench.table import Line, percentile_95
from tests.server import Server

WARM_UP = 6
RUNS = 40


def measure_reruns(server: Server) -> list[Line]:
    """Three lines a page, over RUNS reruns that alternate between two values of the page's filter."""
    lines: list[Line] = []
    for page in PAGES:
        runs, cpu_seconds = _rerun(server, page)
        duration = percentile_95([run.seconds for run in runs])
        sent = max(run.sent_bytes for run in runs)
        cpu = None if cpu_seconds is None else cpu_seconds / RUNS * 1000
        lines += [
            Line(f"{page.address}: script run, warm, p95", duration * 1000, 150, "ms"),
            Line(f"{page.address}: server CPU a rerun", cpu, 70, "ms"),
            Line(f"{page.address}: on the WebSocket a filter change, most", sent / 1000, 60, "KB"),
        ]
    return lines


def _rerun(server: Server, page: BenchedPage) -> tuple[list[Run], float | None]:
    queries = [page.query(value) for value in page.filter.values]
    with session(server.url) as reader:
        for turn in range(WARM_UP):
            reader.run(page.path, queries[turn % 2])
        before = _cpu_seconds(server.pid)
        runs = [reader.run(page.path, queries[turn % 2]) for turn in range(RUNS)]
        after = _cpu_seconds(server.pid)
    return runs, None if before is None or after is None else after - before


def _cpu_seconds(pid: int) -> float | None:
    """User and system time of a process so far; None where there is no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
