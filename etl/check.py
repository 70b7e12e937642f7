"""Runs the rules of warehouse/checks on a build: each is a SELECT of faulty rows, and none is expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True)
class Rule:
    """A check: the SELECT of faulty rows, and the two sentences above it: the rule, and what to do."""

    name: str
    sentence: str
    remedy: str
    sql: str


@dataclass(frozen=True)
class Finding:
    """A broken rule: how many rows break it, and the first of them, column by column."""

    rule: Rule
    count: int
    first: str

    def __str__(self) -> str:
        rows = "1 row breaks it" if self.count == 1 else f"{self.count} rows break it, first"
        return f"check {self.rule.name}: {self.rule.sentence}. {rows}: {self.first}. {self.rule.remedy}."


def read_rule(file: Path) -> Rule:
    """Raises ValueError where the two lines of comment are missing."""
    sql = file.read_text(encoding="utf-8")
    comments = [line.removeprefix("-- ") for line in sql.splitlines()[:2] if line.startswith("-- ")]
    if len(comments) != 2:
        raise ValueError(f"{file.name} must begin with two lines of comment: its rule, and what to do")
    sentence, remedy = comments
    return Rule(file.stem, sentence, remedy[0].upper() + remedy[1:], sql)


def rules(folder: Path) -> tuple[Rule, ...]:
    return tuple(read_rule(file) for file in sorted(folder.glob("*.sql")))


def run_checks(connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Finding, ...]:
    """What is wrong with the build behind `connection`; empty when every rule holds."""
    findings = (_run(connection, rule) for rule in rules(folder))
    return tuple(finding for finding in findings if finding is not None)


def _run(connection: duckdb.DuckDBPyConnection, rule: Rule) -> Finding | None:
    cursor = connection.execute(rule.sql)
    rows = cursor.fetchall()
    if not rows:
        return None
    names = [column[0] for column in cursor.description]
    first = ", ".join(f"{name} {value}" for name, value in zip(names, rows[0], strict=True))
    return Finding(rule, len(rows), first)
