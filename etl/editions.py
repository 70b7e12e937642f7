"""The files of a dataset → its figures: all files as one table, or edition by edition where each is one.

An edition is read and made small before the next is opened: nine of a million rows are never in memory
together. One that comes in stands beside those of other years, and takes the place of the one of its year.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.codes import stacked
from etl.declaration import Dataset
from etl.disk import writing
from etl.errors import SourceError, WrongRequest
from etl.feeds import FEEDS
from etl.feeds.fed import Fed
from etl.harmonise import Places
from etl.snapshot import keep, read_answer

BY_EDITION = ("commuting",)  # feeds of which each file is a census of its own


@dataclass(frozen=True)
class Taken:
    """What came of some files: tables, how many rows they had, how many of them the declaration keeps."""

    files: tuple[Path, ...]
    fed: Fed
    source_rows: int
    rows: int

    @property
    def periods(self) -> frozenset[str]:
        """Those of its figures."""
        return frozenset(
            period
            for rows in self.fed.tables.values()
            if "period" in rows
            for period in rows["period"].unique()
        )


def take(dataset: Dataset, files: Sequence[Path], places: Places) -> tuple[Taken, ...]:
    """What came of each edition, or of all files together. Raises SourceError with dataset and file."""
    if dataset.feeds not in BY_EDITION:
        return (_take(dataset, files, places),)
    return tuple(_take(dataset, [file], places) for file in files)


def take_what_is_good(
    dataset: Dataset, files: Sequence[Path], places: Places
) -> tuple[tuple[Taken, ...], tuple[SourceError, ...]]:
    """The same, and what is wrong with the editions left out. Raises SourceError where none can be read."""
    if dataset.feeds not in BY_EDITION:
        return take(dataset, files, places), ()
    taken: list[Taken] = []
    faults: list[SourceError] = []
    for file in files:
        try:
            taken.append(_take(dataset, [file], places))
        except SourceError as fault:
            faults.append(fault)
    if faults and not taken:
        raise faults[0]
    return tuple(taken), tuple(faults)


def _take(dataset: Dataset, files: Sequence[Path], places: Places) -> Taken:
    source = read_answer(dataset, files)
    try:
        rows = keep(dataset, source)
        fed = FEEDS[dataset.feeds](dataset, rows, places)
    except SourceError as error:
        place = files[0] if len(files) == 1 else files[0].parent
        raise error.at(dataset=dataset.dataset_id, file=str(place)) from None
    return Taken(tuple(files), fed, len(source), len(rows))


def together(dataset: Dataset, taken: Sequence[Taken]) -> Taken:
    """All editions as one. Raises WrongRequest where two are of one year: their figures would be added up."""
    if len(taken) == 1:
        return taken[0]
    seen: set[str] = set()
    for each in taken:
        if twice := sorted(each.periods & seen):
            raise WrongRequest(
                f"two of its files are of {', '.join(twice)}",
                "bring one file a year",
                dataset=dataset.dataset_id,
                file=str(each.files[0]),
            )
        seen |= each.periods
    names = dict.fromkeys(name for each in taken for name in each.fed.tables)
    tables = {
        name: stacked(each.fed.tables[name] for each in taken if name in each.fed.tables) for name in names
    }
    rejected = stacked(each.fed.rejected for each in taken)
    return Taken(
        tuple(file for each in taken for file in each.files),
        Fed(tables, rejected),
        sum(each.source_rows for each in taken),
        sum(each.rows for each in taken),
    )


def of_other_years(former: Iterable[Taken], taken: Sequence[Taken]) -> list[Taken]:
    """The editions in force that nothing that came in replaces."""
    coming = frozenset[str]().union(*(each.periods for each in taken))
    return [each for each in former if not each.periods & coming]


def shelve(dataset: Dataset, folder: Path, taken: Iterable[Taken], staying: Iterable[Taken]) -> list[Path]:
    """Every edition named by its year, in that order, alone in `folder`; those that stay are copied there."""
    taken = tuple(taken)
    with writing(folder):
        for left_out in set(folder.iterdir()).difference(each.files[0] for each in taken):
            left_out.unlink()
        for each in taken:
            each.files[0].rename(_named(dataset, folder, each))
        for each in staying:
            shutil.copyfile(each.files[0], _named(dataset, folder, each))
    return sorted(folder.iterdir())


def _named(dataset: Dataset, folder: Path, taken: Taken) -> Path:
    return folder / f"{dataset.dataset_id}-{min(taken.periods)}{taken.files[0].suffix}"
