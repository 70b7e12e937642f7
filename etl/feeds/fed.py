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
    """Rows of the source that became no figure: why, under which code, one sentence, how many."""

    reason: str
    code: str
    detail: str
    rows: int = 1


def left_out(codes: pd.Series[str], reason: str, detail: str) -> list[LeftOut]:
    """Rows left out for one reason, by code."""
    return [LeftOut(reason, code, detail, times) for code, times in codes.value_counts().items() if times]


def rejected(dataset_id: str, groups: Iterable[LeftOut]) -> pd.DataFrame:
    """Table `rejected` of a dataset: what was left out, counted."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for reason, code, detail, times in groups:
        counted[reason, code, detail] += times
    rows = [
        (dataset_id, reason, code, times, detail) for (reason, code, detail), times in sorted(counted.items())
    ]
    return pd.DataFrame(rows, columns=list(REJECTED_COLUMNS))
