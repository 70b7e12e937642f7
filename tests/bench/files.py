"""From a provider's file to the warehouse, beside peers that merely read it, in the same run."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from tests.bench.table import Line
from tests.server import ROOT

POPULATION = "eurostat/demo_r_pjanaggr3/2023-10_Rrbracci/demo_r_pjanaggr3"
RUNS = 3
TIMES_BARE = 2.5


def measure_files(folder: Path) -> list[Line]:
    """`folder` takes the base flux; the files of Eurostat are those OBSERVATORY_SPECIMENS leads to."""
    # In a process of its own: what is started from here would count the memory of this one as its own.
    _python("tests.bench.full_scale", str(folder))
    editions = sorted(folder.glob("snapshots/insee/base_flux/*.zip"))
    lines = _measure(
        "base flux, 1.0 M rows", "base_flux", editions[-1], ("pandas",), seconds=3, megabytes=700
    )
    took, peak = _run("ours", "base_flux", *editions)
    lines += [
        Line(f"base flux, {len(editions)} editions → warehouse", took, None, "s"),
        Line(f"base flux, {len(editions)} editions: peak memory", peak, 900, "MB"),
    ]
    specimens = os.environ.get("OBSERVATORY_SPECIMENS")
    if specimens is None:
        return [*lines, Line("population of Europe: OBSERVATORY_SPECIMENS is not set", None, 0, "s")]
    population = Path(specimens) / POPULATION
    for what, form, ending, peers in (
        ("TSV, 1.03 M cells", "tsv", ".tsv", ("duckdb", "eurostat", "pandas")),
        ("SDMX-CSV, 649 023 rows", "sdmx_csv", "_linear.csv.gz", ("duckdb", "pandas")),
    ):
        lines += _measure(what, form, population.with_name(population.name + ending), peers, megabytes=400)
    return lines


def _measure(
    what: str,
    form: str,
    file: Path,
    peers: tuple[str, ...],
    *,
    megabytes: float,
    seconds: float | None = None,
) -> list[Line]:
    """Ours against a budget in seconds or against the slowest reader among the peers, then the peers."""
    took, peak = _run("ours", form, file)
    theirs = {peer: _run(peer, form, file)[0] for peer in peers}
    readers = [time for peer, time in theirs.items() if peer != "duckdb"]
    lines = [
        Line(f"{what} → warehouse", took, seconds or max(readers), "s"),
        Line(f"{what}: peak memory", peak, megabytes, "MB"),
    ]
    if bare := theirs.get("duckdb"):
        lines.append(Line(f"{what}: times a bare DuckDB read", took / bare, TIMES_BARE, "×"))
    return lines + [Line(f"{what}: {peer} merely reads it", time, None, "s") for peer, time in theirs.items()]


def _run(who: str, form: str, *files: Path) -> tuple[float, float]:
    """Median seconds and largest megabytes of some runs, each in a process of its own."""
    runs = [_python("tests.bench.file_to_warehouse", who, form, *map(str, files)) for _ in range(RUNS)]
    found = [json.loads(said) for said in runs]
    return statistics.median(each["seconds"] for each in found), max(each["megabytes"] for each in found)


def _python(*arguments: str) -> str:
    """What a module printed."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300).stdout
