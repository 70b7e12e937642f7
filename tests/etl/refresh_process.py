"""`python -m tests.etl.refresh_process ROOT [BYTES]`: refresh the world below ROOT in a process of its own.

BYTES is the largest file that may be written: beyond it the disk is as good as full.
"""

from __future__ import annotations

import resource
import sys
from dataclasses import replace
from pathlib import Path

import etl.__main__ as command_line
from tests.etl.small_world import SmallWorld
from warehouse.store import data_folder


def main(root: Path, most_bytes: int | None) -> int:
    if most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    small = SmallWorld(root)
    assert small.data == data_folder()
    world = replace(small.world, lists=root / "lists")
    own = root / "checks"
    command_line.project_world = lambda folder: replace(world, checks=own) if own.is_dir() else world
    return command_line.main(["refresh"])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None))
