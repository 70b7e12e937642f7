"""One line of the bench and how the lines are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEAST_WIDTHS = (76, 12, 9)  # of the columns: the tables of several parts stand one under the other


@dataclass(frozen=True)
class Line:
    """What was measured, the figure, the budget (at most), both in `unit`. None: not measured, no budget."""

    what: str
    figure: float | None
    budget: float | None
    unit: str

    @property
    def is_over(self) -> bool:
        return self.figure is not None and self.budget is not None and self.figure > self.budget


def percentile_95(values: Sequence[float]) -> float:
    """The smallest value that 95 % of the values do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def printed(lines: Iterable[Line]) -> str:
    """A table with its header."""
    rows = [("what", "figure", "budget", "")]
    for line in lines:
        figure = "not measured" if line.figure is None else f"{line.figure:.{_decimals(line)}f} {line.unit}"
        budget = "" if line.budget is None else f"≤ {line.budget:.3g} {line.unit}"
        rows.append((line.what, figure, budget, "over" if line.is_over else ""))
    widths = [max(least, *(len(row[column]) for row in rows)) for column, least in enumerate(LEAST_WIDTHS)]
    return "\n".join(
        f"{what:<{widths[0]}}  {figure:>{widths[1]}}  {budget:>{widths[2]}}  {remark}".rstrip()
        for what, figure, budget, remark in rows
    )


def _decimals(line: Line) -> int:
    return 1 if line.unit in ("s", "×") else 0
