"""Bytes just fetched, on trial: read, harmonised, compared with what is in force, given their lock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl.declaration import Dataset
from etl.difference import difference, refuse_a_loss
from etl.disk import writing
from etl.errors import SourceError
from etl.feeds import FEEDS
from etl.feeds.fed import Fed
from etl.fetch import Fetched
from etl.figures import read_figures
from etl.harmonise import Places
from etl.lock import Lock, lock_of, write_lock
from etl.snapshot import Layers, fingerprint, keep, read_answer


@dataclass(frozen=True)
class Candidate:
    """A snapshot ready to be put in force; `changes` says whether any figure differs from a former one."""

    dataset: Dataset
    folder: Path
    lock: Lock
    fetched: Fetched
    changes: bool


@dataclass(frozen=True)
class Terms:
    """How a fetched dataset is judged: `accept` lets losses pass that a person has looked at.

    `vintage` is that of a file brought by hand, None for the rule of `_vintage`.
    """

    layers: Layers
    places: Places
    today: date
    accept: bool = False
    by_hand: bool = False
    vintage: str | None = None


def try_out(dataset: Dataset, fetched: Fetched, terms: Terms) -> Candidate:
    """Raises SourceError with dataset and address: what cannot be read, harmonised, or lost too much."""
    try:
        source = read_answer(dataset, fetched.files)
        rows = keep(dataset, source)
        fed = FEEDS[dataset.feeds](dataset, rows, terms.places)
    except SourceError as error:
        # The bytes will be elsewhere by the time this is read: their address is not.
        raise type(error)(
            error.problem,
            error.remedy,
            dataset=dataset.dataset_id,
            file=fetched.address,
            row=error.row,
        ) from None
    former = _former(dataset, terms)
    if former and not terms.accept:
        try:
            refuse_a_loss(former, fed)
        except SourceError as error:
            raise error.at(dataset=dataset.dataset_id, file=fetched.address) from None
    changes = former is not None and bool(difference(former, fed))
    lock = _lock(dataset, fetched, terms, source_rows=len(source), rows=len(rows))
    folder = fetched.files[0].parent
    with writing(folder):
        write_lock(folder / "lock.toml", lock)
    return Candidate(dataset, folder, lock, fetched, changes)


def _former(dataset: Dataset, terms: Terms) -> Fed | None:
    """The figures in force; None where there are none, or they can no longer be read."""
    if not terms.layers.holds(dataset):
        return None
    try:
        return read_figures(dataset, terms.layers, terms.places).fed
    except SourceError:
        return None


def _lock(dataset: Dataset, fetched: Fetched, terms: Terms, *, source_rows: int, rows: int) -> Lock:
    lock = lock_of(
        dataset,
        sha256=fingerprint(fetched.files),
        size=sum(file.stat().st_size for file in fetched.files),
        source_rows=source_rows,
        rows=rows,
        extracted_at=terms.today,
    )
    named = replace(
        lock,
        url=fetched.address,
        vintage=terms.vintage or _vintage(dataset, fetched, terms.today),
        published_at=fetched.published or (dataset.published if _is_fixed(dataset) else None),
    )
    if terms.by_hand:
        return replace(named, origin="archive")
    return replace(named, origin="api", fetched_at=terms.today, extracted_at=None)


def _vintage(dataset: Dataset, fetched: Fetched, today: date) -> str:
    """The declared edition of a fixed file; of a rolling one the month it was published, else fetched."""
    return dataset.vintage if _is_fixed(dataset) else f"{fetched.published or today:%Y-%m}"


def _is_fixed(dataset: Dataset) -> bool:
    return dataset.frequency == "once" or (dataset.request is not None and dataset.request.fixed)
