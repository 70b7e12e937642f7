"""What can be wrong with a source, in three families that tell the reader what kind of help is needed."""

from __future__ import annotations

from typing import ClassVar, Self


class SourceError(Exception):
    """A source that did not become figures: which dataset and file, what is wrong, what to do.

    `row` is the 1-based line (or sheet row) of the source file; None where the whole file is at fault.
    Readers know neither dataset nor file: they leave both empty, and their caller fills them in with `at`.
    `problem` and `remedy` are sentences in lower case without a final stop.
    """

    family: ClassVar[str] = "the source is at fault"

    def __init__(
        self, problem: str, remedy: str, *, dataset: str = "", file: str = "", row: int | None = None
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
        self.dataset = dataset
        self.file = file
        self.row = row

    def at(self, *, dataset: str = "", file: str = "", row: int | None = None) -> Self:
        """The same error with the places its raiser could not know; what it did know stays."""
        return type(self)(
            self.problem,
            self.remedy,
            dataset=self.dataset or dataset,
            file=self.file or file,
            row=self.row if self.row is not None else row,
        )

    def below(self, lines: int) -> Self:
        """The same error so many lines further down: its raiser saw a part of the file."""
        row = None if self.row is None else self.row + lines
        return type(self)(self.problem, self.remedy, dataset=self.dataset, file=self.file, row=row)

    def __str__(self) -> str:
        line = f"row {self.row}" if self.row is not None else ""
        place = ", ".join(part for part in (self.dataset, self.file, line) if part)
        said = f"{self.problem}. {self.remedy[:1].upper()}{self.remedy[1:]}."
        return f"{place}: {said}" if place else said


class TryAgain(SourceError):
    """The bytes are damaged or are not the data: the same request may well succeed another time."""

    family = "try again"


class WrongRequest(SourceError):
    """The source answers, but our declaration does not describe what it answers: the TOML has to change."""

    family = "wrong request"


class DoesNotExist(SourceError):
    """What the declaration names is not there: a file, a member of an archive, a sheet, a dataset."""

    family = "does not exist"
