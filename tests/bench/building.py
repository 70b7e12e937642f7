"""The build from the embedded extracts: time and memory, in a process and a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.table import Line
from tests.server import ROOT


def measure_build(folder: Path) -> list[Line]:
    """Leaves the warehouse in `folder`."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", "build"],
        cwd=ROOT,
        env={**os.environ, "OBSERVATORY_DATA": str(folder)},
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, "the build failed"
    kilobytes = usage.ru_maxrss if sys.platform == "linux" else usage.ru_maxrss / 1024
    return [
        Line("build from the embedded extracts", seconds, 20, "s"),
        Line("build: peak memory", kilobytes / 1024, 900, "MB"),
    ]
