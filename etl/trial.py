"""Fetches one dataset after the other and tries each out; what fails or did not change ends here."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from etl.candidate import Candidate, Terms, try_out
from etl.catalogue import Catalogues, is_up_to_date
from etl.client import Client, Validators
from etl.declaration import Dataset
from etl.errors import SourceError, WrongRequest
from etl.fetch import Fetched, fetch, take_files
from etl.lock import Lock, read_lock
from etl.snapshot import Layers, fingerprint
from warehouse.fetch_log import FAILED, UNCHANGED, Attempt, histories


@dataclass(frozen=True)
class Order:
    """What to refresh. `brought` are files a person downloaded for the only dataset of the order, of edition
    `vintage`; `accept` lets losses pass that a person has looked at."""

    datasets: Sequence[Dataset]
    accept: bool = False
    brought: Sequence[Path] = ()
    vintage: str | None = None


@dataclass(frozen=True)
class Tried:
    """A candidate, and the seconds spent on it so far."""

    candidate: Candidate
    seconds: float

    @property
    def dataset_id(self) -> str:
        return self.candidate.dataset.dataset_id

    def attempt(self, outcome: str, problem: str = "", family: str = "") -> Attempt:
        candidate = self.candidate
        return Attempt(
            dataset_id=self.dataset_id,
            at=datetime.now(UTC),
            outcome=outcome,
            address=candidate.fetched.address,
            problem=problem,
            family=family,
            bytes=candidate.lock.bytes,
            seconds=self.seconds,
            rows=candidate.lock.rows,
            vintage=candidate.lock.vintage,
            sha256=candidate.lock.sha256,
            validators=_pairs(candidate.fetched.validators),
        )

    @property
    def left_out(self) -> tuple[Attempt, ...]:
        """A failed attempt for each edition that it goes without."""
        return tuple(_failed(self.candidate.dataset, fault, 0) for fault in self.candidate.faults)


class Trial:
    """Fetches a dataset and tries it out; what comes to an end here is attempts already."""

    def __init__(self, order: Order, terms: Terms, data: Path, client: Client | None, scratch: Path) -> None:
        self._order = order
        self._terms = terms
        self._data = data
        self._client = client
        self._scratch = scratch
        self._log = histories(data)
        self._catalogues = Catalogues(client, scratch) if client else None

    def of(self, dataset: Dataset) -> Tried | tuple[Attempt, ...]:
        start = time.monotonic()
        folder = self._scratch / dataset.provider.provider_id / dataset.dataset_id
        lock = _lock_in_force(dataset, self._terms.layers)
        try:
            fetched = self._fetch(dataset, folder, lock)
            if lock and (not fetched.files or fingerprint(fetched.files) == lock.sha256):
                return _unchanged(dataset, fetched, lock, fetched.faults, time.monotonic() - start)
            candidate = try_out(dataset, fetched, self._terms)
            if lock and candidate.lock.sha256 == lock.sha256:  # beside the editions that stayed, nothing new
                return _unchanged(dataset, fetched, lock, candidate.faults, time.monotonic() - start)
        except SourceError as error:
            self._keep_refused(dataset, folder)
            return (_failed(dataset, error, time.monotonic() - start),)
        return Tried(candidate, time.monotonic() - start)

    def _fetch(self, dataset: Dataset, folder: Path, lock: Lock | None) -> Fetched:
        """No files where nothing changed. Raises SourceError."""
        if self._order.brought:
            return take_files(dataset, self._order.brought, folder)
        request = dataset.request
        if request is None or self._client is None or self._catalogues is None:
            raise WrongRequest(
                "its declaration has no [request]",
                "bring its file: `python -m etl fetch --file PATH DATASET`",
                dataset=dataset.dataset_id,
            )
        known = self._known(dataset, lock)
        updated = self._catalogues.updated(request)
        if lock and is_up_to_date(lock, updated, self._terms.today):
            return Fetched((), dataset.url, known, None)
        fetched = fetch(dataset, request, self._client, folder, known)
        return replace(fetched, published=updated or fetched.published)

    def _known(self, dataset: Dataset, lock: Lock | None) -> Mapping[str, Validators]:
        """What the answers that brought the bytes in force said of their edition."""
        history = self._log.get(dataset.dataset_id)
        if (
            lock is None
            or history is None
            or history.success is None
            or history.success.sha256 != lock.sha256
        ):
            return {}
        return {address: Validators(*pair) for address, pair in history.success.validators.items()}

    def _keep_refused(self, dataset: Dataset, folder: Path) -> None:
        """The bytes that were refused, for a person to look at, until the next that are."""
        if not folder.is_dir() or not any(folder.iterdir()):
            return
        target = self._data / "refused" / dataset.provider.provider_id / dataset.dataset_id
        shutil.rmtree(target, ignore_errors=True)
        with contextlib.suppress(OSError):
            target.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(target)


def _lock_in_force(dataset: Dataset, layers: Layers) -> Lock | None:
    """None where there is none that can be read, or its bytes are others: a good answer makes it good."""
    if not layers.holds(dataset):
        return None
    try:
        lock = read_lock(layers.lock(dataset))
    except SourceError:
        return None
    is_whole = not layers.is_refreshed(dataset) or fingerprint(layers.files(dataset)) == lock.sha256
    return lock if is_whole else None


def _unchanged(
    dataset: Dataset, fetched: Fetched, lock: Lock, faults: Sequence[SourceError], seconds: float
) -> tuple[Attempt, ...]:
    """What is in force stays; then a failed attempt for each edition that did not come."""
    unchanged = Attempt(
        dataset_id=dataset.dataset_id,
        at=datetime.now(UTC),
        outcome=UNCHANGED,
        address=fetched.address,
        seconds=seconds,
        rows=lock.rows,
        vintage=lock.vintage,
        sha256=lock.sha256,
        validators=_pairs(fetched.validators),
    )
    return (unchanged, *(_failed(dataset, fault, 0) for fault in faults))


def _failed(dataset: Dataset, error: SourceError, seconds: float) -> Attempt:
    place = error.file if error.row is None else f"{error.file}, row {error.row}"
    return Attempt(
        dataset_id=dataset.dataset_id,
        at=datetime.now(UTC),
        outcome=FAILED,
        address=place,
        problem=error.problem,
        remedy=error.remedy,
        family=error.family.replace(" ", "_"),
        seconds=seconds,
    )


def _pairs(validators: Mapping[str, Validators]) -> dict[str, tuple[str, str]]:
    return {address: (each.etag, each.last_modified) for address, each in validators.items()}
