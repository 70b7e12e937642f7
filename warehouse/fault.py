"""One thing wrong with a file that somebody filled in, for that person."""

from __future__ import annotations

from dataclasses import dataclass

HEADER = 1


@dataclass(frozen=True, order=True)
class Fault:
    """`row` is what Excel numbers it, `problem` a French sentence with what to do."""

    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        place = f"ligne {self.row}" + (f", colonne « {self.column} »" if self.column else "")
        return f"{place} : {self.problem}"
