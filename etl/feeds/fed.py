"""What a feed hands to the build: rows for tables, and what it left out, counted by reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

REJECTED_COLUMNS = ("dataset_id", "reason", "code", "rows", "detail")


@dataclass(frozen=True)
class Fed:
    """Rows by table name, in the columns of schema.sql, and the rejected rows in those of `rejected`."""

    tables: Mapping[str, pd.DataFrame]
    rejected: pd.DataFrame


class LeftOut(NamedTuple):
    """One row of the source that became no figure: why, under which code, and one sentence."""

    reason: str
    code: str
    detail: str


def rejected(dataset_id: str, left_out: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Table `rejected` of a dataset: what was left out, counted."""
    counted = Counter(left_out)
    rows = [
        (dataset_id, reason, code, times, detail) for (reason, code, detail), times in sorted(counted.items())
    ]
    return pd.DataFrame(rows, columns=list(REJECTED_COLUMNS))
