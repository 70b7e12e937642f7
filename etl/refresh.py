"""Fetch → try out → a new build beside → checks → in force. What fails keeps its last good figures."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from etl.build import building
from etl.candidate import Terms
from etl.client import Client
from etl.declaration import Dataset
from etl.disk import writing
from etl.errors import SourceError, TryAgain
from etl.figures import known_places
from etl.harmonise import Places
from etl.journal import record
from etl.switch import put_in_force
from etl.trial import Order, Trial, Tried
from etl.vintages import finish
from etl.world import World, declarations
from warehouse.fetch_log import FAILED, Attempt


class Listener(Protocol):
    """Hears how a refresh goes on."""

    def begins(self, dataset: Dataset) -> None: ...

    def receives(self, received: int, expected: int | None) -> None: ...

    def ends(self, attempt: Attempt) -> None: ...


@dataclass(frozen=True)
class Report:
    """An attempt for each dataset, and the build in force; `problems` are those of no single dataset."""

    attempts: tuple[Attempt, ...]
    build: Path | None
    problems: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return not self.problems and all(attempt.outcome != FAILED for attempt in self.attempts)


def refresh(order: Order, world: World, data: Path, listener: Listener) -> Report:
    """Refresh what is ordered into the data folder. Raises TryAgain where another refresh is under way.

    Raises WrongRequest where OBSERVATORY_OFFLINE is set and a provider would have to be asked.
    """
    client = None if order.brought else Client(listener.receives)
    with _alone(data), _scratch(data) as scratch:
        with building(data):
            finish(world.layers)
        terms = Terms(
            world.layers,
            _places(world),
            date.today(),
            accept=order.accept,
            by_hand=bool(order.brought),
            vintage=order.vintage,
        )
        trial = Trial(order, terms, data, client, scratch)
        tried: list[Tried] = []
        attempts: list[Attempt] = []

        def end(attempt: Attempt) -> None:
            attempts.append(attempt)
            record(data, attempt)
            listener.ends(attempt)

        for dataset in order.datasets:
            listener.begins(dataset)
            result = trial.of(dataset)
            if isinstance(result, Tried):
                tried.append(result)
            else:
                for attempt in result:
                    end(attempt)
        switched = put_in_force(tried, world, data)
        for attempt in (*switched.attempts, *(fault for each in tried for fault in each.left_out)):
            end(attempt)
        return Report(tuple(attempts), switched.build, switched.problems)


def _places(world: World) -> Places:
    """What the codes of providers mean. Damaged changes of codes teach nothing, and stop nobody else."""
    try:
        return known_places(declarations(world).datasets, world.layers, world.territories)
    except SourceError:
        return Places.load(world.territories)


@contextlib.contextmanager
def _alone(data: Path) -> Iterator[None]:
    """The lock is the operating system's: a refresh that was killed holds it no longer."""
    lock = data / "refresh.lock"
    with writing(data):
        data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, timeout=0):
            yield
    except Timeout:
        raise TryAgain("another refresh is under way", "wait for it to end", file=str(lock)) from None


@contextlib.contextmanager
def _scratch(data: Path) -> Iterator[Path]:
    """An empty folder for what is fetched, on the disk of the data so that it is moved, not copied."""
    scratch = data / "incoming"
    shutil.rmtree(scratch, ignore_errors=True)
    with writing(data):
        scratch.mkdir(parents=True)
    yield scratch
    shutil.rmtree(scratch, ignore_errors=True)
