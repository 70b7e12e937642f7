"""Our own lists of themes, meetings, ideas and groups of places, which other files refer to by their ids."""

from __future__ import annotations

import csv
from functools import cache

from etl.declaration import ETL

LISTS = ETL / "embedded"


@cache
def rows_of(file: str) -> tuple[dict[str, str], ...]:
    """The rows of one of the lists, as written."""
    with (LISTS / file).open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def listed(column: str, file: str) -> tuple[str, ...]:
    return tuple(row[column] for row in rows_of(file))
