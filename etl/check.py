"""Runs the rules of warehouse/checks on a build: each is a SELECT of faulty rows, and none is expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Finding:
    """A broken rule: its sentence, how many rows break it, and the first of them, column by column."""

    check: str
    rule: str
    count: int
    first: str

    def __str__(self) -> str:
        rows = "1 row" if self.count == 1 else f"{self.count} rows"
        return f"check {self.check}: {self.rule}: {rows} do not hold, first {self.first}"


def rule_of(file: Path) -> str:
    """The sentence on the first line of a check. Raises ValueError where there is none."""
    first, _, _ = file.read_text(encoding="utf-8").partition("\n")
    if not first.startswith("-- "):
        raise ValueError(f"{file.name} does not begin with a comment that says its rule")
    return first.removeprefix("-- ").rstrip(".")


def run_checks(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Finding, ...]:
    """What is wrong with the build behind `connection`; empty when every rule holds."""
    findings = (_run(connection, file) for file in sorted(folder.glob("*.sql")))
    return tuple(finding for finding in findings if finding is not None)


def _run(connection: duckdb.DuckDBPyConnection, file: Path) -> Finding | None:
    cursor = connection.execute(file.read_text(encoding="utf-8"))
    rows = cursor.fetchall()
    if not rows:
        return None
    names = [column[0] for column in cursor.description]
    first = ", ".join(f"{name} {value}" for name, value in zip(names, rows[0], strict=True))
    return Finding(file.stem, rule_of(file), len(rows), first)
