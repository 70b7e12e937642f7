"""A table of words: a row a thing, a column a step, cells of links. On a phone each row is read down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

ABSENT = "–"  # a cell without anything to say: a gap in the table, left out where a row is read down


@dataclass(frozen=True)
class Row:
    """`head` and `cells` are HTML, one cell a step after the first."""

    head: str
    cells: tuple[str, ...]


def html(steps: Sequence[str], rows: Iterable[Row], name: str) -> str:
    head = "".join(f'<th scope="col">{escape(step)}</th>' for step in steps)
    body = "".join(_row(row, steps[1:]) for row in rows)
    return (
        f'<table class="matrix" data-testid="matrix-{escape(name)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(row: Row, steps: Sequence[str]) -> str:
    cells = "".join(_cell(step, cell) for step, cell in zip(steps, row.cells, strict=True))
    return f'<tr><th scope="row">{row.head}</th>{cells}</tr>'


def _cell(step: str, cell: str) -> str:
    absent = ' class="absent"' if cell == ABSENT else ""
    return f'<td data-step="{escape(step)}"{absent}>{cell}</td>'
