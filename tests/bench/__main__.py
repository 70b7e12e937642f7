"""`make bench`: what, figure, budget. Figures are for reading: nothing here asserts a time.

`python -m tests.bench flows windows` measures some parts only. Each part is printed once it is measured.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.building import measure_build
from tests.bench.parts import PARTS, measured
from tests.bench.table import printed


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    arguments.add_argument("part", nargs="*", help=f"what to measure, all by default: {', '.join(PARTS)}")
    wanted = arguments.parse_args().part or list(PARTS)
    if unknown := [part for part in wanted if part not in PARTS]:
        arguments.error(f"no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    with _folder() as built:
        print(printed(measure_build(built)), flush=True)
        for part in wanted:
            with _folder() as scratch:
                print(printed(measured(part, built, scratch)), flush=True)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "data"


if __name__ == "__main__":
    main()
