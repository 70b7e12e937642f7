"""Shows a refresh: a bar on a terminal, a line a dataset everywhere."""

from __future__ import annotations

import sys
from typing import Never, TextIO

from tqdm import tqdm

from etl.declaration import Dataset
from warehouse.fetch_log import FAILED, Attempt


def line_about(attempt: Attempt) -> str:
    """One line: what came of a dataset, and after a failure what to do."""
    if attempt.outcome == FAILED:
        place = f"{attempt.dataset_id}, {attempt.address}" if attempt.address else attempt.dataset_id
        remedy = f" {attempt.remedy[:1].upper()}{attempt.remedy[1:]}." if attempt.remedy else ""
        return f"{place}: {attempt.problem.rstrip('.')}.{remedy}"
    rows = "" if attempt.rows is None else f", {attempt.rows:,} rows"
    size = f", {attempt.bytes / 1e6:,.1f} MB" if attempt.bytes else ""
    edition = f"edition {attempt.vintage}{rows}{size}"
    return f"{attempt.dataset_id}: {attempt.outcome}, {edition}, {attempt.seconds:.1f} s"


class Progress:
    """Listens to a refresh. Lines go to `lines`, failures and the bar to stderr; no bar but on a terminal."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._bar: tqdm[Never] | None = None

    def begins(self, dataset: Dataset) -> None:
        self._bar = tqdm(
            desc=dataset.dataset_id,
            unit="B",
            unit_scale=True,
            leave=False,
            disable=not sys.stderr.isatty(),
        )

    def receives(self, received: int, expected: int | None) -> None:
        if self._bar is None:
            return
        if self._bar.total != expected or received < self._bar.n:
            self._bar.reset(total=expected)
        self._bar.update(received - self._bar.n)

    def ends(self, attempt: Attempt) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
        stream = sys.stderr if attempt.outcome == FAILED else self._lines
        print(line_about(attempt), file=stream, flush=True)
