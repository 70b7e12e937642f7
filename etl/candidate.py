"""Bytes just fetched, on trial: read, harmonised, compared with what is in force, given their lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from etl.declaration import Dataset
from etl.difference import difference, refuse_a_loss
from etl.disk import writing
from etl.editions import BY_EDITION, Taken, of_other_years, shelve, take, take_what_is_good, together
from etl.errors import SourceError
from etl.fetch import Fetched
from etl.figures import read_figures
from etl.harmonise import Places
from etl.lock import Lock, lock_of, write_lock
from etl.snapshot import Layers, files_in_force, fingerprint
from warehouse.freshness import TO


@dataclass(frozen=True)
class Candidate:
    """A snapshot ready to be put in force; `changes` says whether any figure differs from a former one.

    `faults` are of the editions it goes without, which did not come or could not be read.
    """

    dataset: Dataset
    folder: Path
    lock: Lock
    fetched: Fetched
    changes: bool
    faults: tuple[SourceError, ...] = ()


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
    former = _former(dataset, terms)
    try:
        taken, unread = take_what_is_good(dataset, fetched.files, terms.places)
        staying = of_other_years(former, taken) if dataset.feeds in BY_EDITION else []
        whole = together(dataset, [*taken, *staying])
        before = together(dataset, former).fed if former else None
        if before and not terms.accept:
            refuse_a_loss(before, whole.fed)
    except SourceError as error:
        raise _at_its_address(dataset, fetched, error) from None
    changes = before is not None and bool(difference(before, whole.fed))
    folder = fetched.files[0].parent
    files: Sequence[Path] = fetched.files
    if dataset.feeds in BY_EDITION:
        files = shelve(dataset, folder, taken, staying)
    lock = _lock(dataset, fetched, terms, replace(whole, files=tuple(files)))
    with writing(folder):
        write_lock(folder / "lock.toml", lock)
    faults = (*fetched.faults, *(_at_its_address(dataset, fetched, fault) for fault in unread))
    return Candidate(dataset, folder, lock, fetched, changes, faults)


def _at_its_address(dataset: Dataset, fetched: Fetched, error: SourceError) -> SourceError:
    """The bytes will be elsewhere by the time this is read: their address is not."""
    place = fetched.address_of(error.file)
    return type(error)(error.problem, error.remedy, dataset=dataset.dataset_id, file=place, row=error.row)


def _former(dataset: Dataset, terms: Terms) -> tuple[Taken, ...]:
    """The figures in force; none where there are none, or they can no longer be read."""
    layers = terms.layers
    if not layers.holds(dataset):
        return ()
    try:
        if layers.is_refreshed(dataset):
            return take(dataset, files_in_force(dataset, layers)[1], terms.places)
        return (Taken((), read_figures(dataset, layers, terms.places).fed, 0, 0),)
    except SourceError:
        return ()


def _lock(dataset: Dataset, fetched: Fetched, terms: Terms, whole: Taken) -> Lock:
    lock = lock_of(
        dataset,
        sha256=fingerprint(whole.files),
        size=sum(file.stat().st_size for file in whole.files),
        source_rows=whole.source_rows,
        rows=whole.rows,
        extracted_at=terms.today,
    )
    named = replace(
        lock,
        url=fetched.address,
        vintage=terms.vintage or _vintage(dataset, fetched, terms.today, whole),
        published_at=fetched.published or (dataset.published if _is_fixed(dataset) else None),
    )
    if terms.by_hand:
        return replace(named, origin="archive")
    return replace(named, origin="api", fetched_at=terms.today, extracted_at=None)


def _vintage(dataset: Dataset, fetched: Fetched, today: date, whole: Taken) -> str:
    """From the first edition to the last; of a fixed file the declared one; else the month it came out.

    Where the provider does not say when that was, the month of today.
    """
    if dataset.feeds in BY_EDITION:
        first, last = min(whole.periods), max(whole.periods)
        return last if first == last else f"{first}{TO}{last}"
    return dataset.vintage if _is_fixed(dataset) else f"{fetched.published or today:%Y-%m}"


def _is_fixed(dataset: Dataset) -> bool:
    return dataset.frequency == "once" or (dataset.request is not None and dataset.request.fixed)
