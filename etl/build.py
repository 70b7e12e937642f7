"""Snapshots → a new warehouse file → checks → it becomes the current one. Never opens a socket."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from etl.check import run_checks
from etl.declaration import Dataset
from etl.errors import SourceError
from etl.feeds import FEEDS
from etl.flow_levels import add_flow_levels
from etl.harmonise import Places
from etl.holdings import holdings
from etl.load import Loaded, load
from etl.snapshot import open_snapshot
from etl.world import Declarations, World, build_id, declarations, project_world
from warehouse.store import CURRENT

KEPT = 2  # builds: the current one and the one before, which a server may still be reading
MEMORY_LIMIT = "256MB"


class BuildFailed(Exception):
    """There is no new build, the last good one stays current; `problems` has a line for each fault."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def build(output_dir: Path, world: World | None = None) -> Path:
    """Make the build of a world, by default the project's, the current one, and return its file.

    A world that has not changed since is not built again. Raises BuildFailed.
    """
    world = world or project_world(output_dir)
    try:
        declared = declarations(world)
    except SourceError as error:
        raise BuildFailed((str(error),)) from None
    identity = build_id(world, declared.datasets)
    target = output_dir / f"observatory-{identity}.duckdb"
    if not target.exists():
        output_dir.mkdir(parents=True, exist_ok=True)
        _make(target, identity, declared, world)
    _make_current(target)
    _remove_old(target)
    return target


def _make(target: Path, identity: str, declared: Declarations, world: World) -> None:
    """Write the file under another name and give it its own only once every check holds."""
    found = holdings(declared.datasets, world.layers)
    loaded = _read_all(found.held, world)
    draft = target.with_suffix(f".{os.getpid()}.part")
    draft.unlink(missing_ok=True)
    try:
        with duckdb.connect(draft, config={"memory_limit": MEMORY_LIMIT}) as connection:
            connection.execute(world.schema.read_text(encoding="utf-8"))
            load(connection, declared.known, world.territories, loaded, found.absent)
            add_flow_levels(connection)
            _stamp(connection, identity)
            findings = run_checks(connection, world.checks)
        if findings:
            raise BuildFailed(tuple(str(finding) for finding in findings))
        draft.replace(target)
    except SourceError as error:
        raise BuildFailed((str(error),)) from None
    finally:
        draft.unlink(missing_ok=True)


def _read_all(datasets: tuple[Dataset, ...], world: World) -> list[Loaded]:
    """Every dataset, so that one run names everything that has to be mended. Raises BuildFailed."""
    places = Places.load(world.territories)
    loaded, problems = [], []
    for dataset in datasets:
        try:
            loaded.append(_read(dataset, world, places))
        except SourceError as error:
            problems.append(str(error))
    if problems:
        raise BuildFailed(tuple(problems))
    return loaded


def _read(dataset: Dataset, world: World, places: Places) -> Loaded:
    snapshot = open_snapshot(dataset, world.layers)
    try:
        fed = FEEDS[dataset.feeds](dataset, snapshot.frame, places)
    except SourceError as error:
        raise error.at(dataset=dataset.dataset_id, file=str(snapshot.file)) from None
    return Loaded(dataset, snapshot.lock, fed)


def _stamp(connection: duckdb.DuckDBPyConnection, identity: str) -> None:
    built_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    connection.execute("INSERT INTO build VALUES (?, ?)", [identity, built_at])
    connection.execute("CHECKPOINT")


def _make_current(target: Path) -> None:
    """Name the build in `current`, in one step: a reader sees the former name or this one, never half of it.

    Written even when it names this build already: a newer pointer says that a failure was made good.
    """
    draft = target.with_name(f"{CURRENT}.{os.getpid()}.part")
    draft.write_text(target.name + "\n", encoding="utf-8")
    draft.replace(target.with_name(CURRENT))


def _remove_old(target: Path) -> None:
    """Leave the current build and the newest of the others."""
    others = [file for file in target.parent.glob("observatory-*.duckdb") if file != target]
    newest_first = sorted(others, key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in newest_first[KEPT - 1 :]:
        with contextlib.suppress(
            PermissionError
        ):  # where an open file cannot be removed, the next build does it
            file.unlink()
