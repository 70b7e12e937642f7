"""Puts what was fetched in force together: one build, checked, then the snapshots, then the readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from etl import vintages
from etl.build import BuildFailed, building, make_current, prepare
from etl.errors import SourceError
from etl.trial import Tried
from etl.world import World
from warehouse.fetch_log import FAILED, NEW, Attempt
from warehouse.store import BUILD_LOG, CURRENT


@dataclass(frozen=True)
class Switched:
    """The attempts that came to an end, the build in force, and what is wrong with no single dataset."""

    attempts: tuple[Attempt, ...]
    build: Path | None
    problems: tuple[str, ...] = ()


def put_in_force(tried: Sequence[Tried], world: World, data: Path) -> Switched:
    """What breaks a rule of the build is left out; the others go in. The last good build stays until then.

    A process that dies before the snapshots move leaves everything as it was; after, the next build is this.
    """
    try:
        with building(data):
            vintages.finish(world.layers)
            return _Switch(world, data).of(tuple(tried))
    except (BuildFailed, SourceError) as failed:
        problem = str(failed)
        return Switched(tuple(each.attempt(FAILED, problem, "try_again") for each in tried), None, (problem,))


class _Switch:
    def __init__(self, world: World, data: Path) -> None:
        self._world = world
        self._data = data
        self._refused: dict[str, str] = {}
        self._prepared: set[Path] = set()

    def of(self, tried: tuple[Tried, ...]) -> Switched:
        """Raises BuildFailed where not even the snapshots in force can be built from."""
        good = self._sift((), tried)
        if not good:
            self._prepare(())
        attempts = [self._end(each, each in good) for each in tried]
        build = self._prepare(())
        self._move_readers(build)
        return Switched(tuple(attempts), build)

    def _sift(self, good: tuple[Tried, ...], group: tuple[Tried, ...]) -> tuple[Tried, ...]:
        """`good` with those of `group` that hold together: all if they do, else those of either half."""
        if not group:
            return good
        try:
            self._prepare((*good, *group))
        except BuildFailed as failed:
            if len(group) == 1:
                self._refused[group[0].dataset_id] = failed.problems[0]
                return good
            middle = len(group) // 2
            return self._sift(self._sift(good, group[:middle]), group[middle:])
        return (*good, *group)

    def _prepare(self, tried: Iterable[Tried]) -> Path:
        incoming = {each.dataset_id: each.candidate.folder for each in tried}
        layers = replace(self._world.layers, incoming=incoming)
        build = prepare(self._data, replace(self._world, layers=layers))
        self._prepared.add(build)
        return build

    def _end(self, tried: Tried, is_good: bool) -> Attempt:
        if not is_good:
            return tried.attempt(FAILED, self._refused[tried.dataset_id], "rule")
        candidate = tried.candidate
        try:
            vintages.put_in_force(
                candidate.dataset, self._world.layers, candidate.folder, keep_former=candidate.changes
            )
        except SourceError as error:
            return tried.attempt(FAILED, str(error), "try_again")
        return tried.attempt(NEW)

    def _move_readers(self, build: Path) -> None:
        """Not where they read it already, unless the log of a failed build waits to be made good."""
        current = self._data / CURRENT
        is_current = current.is_file() and current.read_text(encoding="utf-8").strip() == build.name
        if not is_current or (self._data / BUILD_LOG).exists():
            make_current(build)
        for other in self._prepared - {build}:
            other.unlink(missing_ok=True)
