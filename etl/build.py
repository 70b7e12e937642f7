"""Snapshots → a new warehouse file → checks → it becomes the current one. Never opens a socket."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl.check import run_checks
from etl.declaration import Dataset
from etl.disk import writing
from etl.errors import SourceError
from etl.figures import known_places, read_figures
from etl.flow_levels import add_flow_levels
from etl.holdings import holdings
from etl.load import Loaded, load
from etl.vintages import finish
from etl.world import Declarations, World, build_id, declarations, project_world
from warehouse.store import CURRENT, schema_digest

KEPT = 2  # builds: the current one and the one before, which a server may still be reading
MEMORY_LIMIT = "256MB"
LONGEST_BUILD = 600.0  # seconds to wait for another process to end its own


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
    with building(output_dir):
        finish(world.layers)
        target = prepare(output_dir, world)
        make_current(target)
    return target


@contextlib.contextmanager
def building(output_dir: Path) -> Iterator[None]:
    """One process at a time reads snapshots to build, or puts others in force. Raises BuildFailed.

    The lock is the operating system's: a process that was killed holds it no longer.
    """
    try:
        with writing(output_dir):
            output_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(output_dir / "build.lock", timeout=LONGEST_BUILD):
            for orphan in output_dir.glob("observatory-*.part*"):
                orphan.unlink()
            yield
    except Timeout:
        raise BuildFailed((f"another build has held {output_dir / 'build.lock'} for too long",)) from None
    except SourceError as error:
        raise BuildFailed((str(error),)) from None


def prepare(output_dir: Path, world: World) -> Path:
    """The file of the build of a world, checked, not yet current. Call it within `building`.

    Raises BuildFailed.
    """
    try:
        declared = declarations(world)
    except SourceError as error:
        raise BuildFailed((str(error),)) from None
    identity = build_id(world, declared.datasets)
    target = output_dir / f"observatory-{identity}.duckdb"
    if not target.exists():
        _make(target, identity, declared, world)
    return target


def make_current(target: Path) -> None:
    """Move every reader to a build, and leave one older than it."""
    _name_current(target)
    _remove_old(target)


def _make(target: Path, identity: str, declared: Declarations, world: World) -> None:
    """Write the file under another name and give it its own only once every check holds."""
    found = holdings(declared.datasets, world.layers)
    loaded = _read_all(found.held, world)
    draft = target.with_suffix(f".{os.getpid()}.part")
    try:
        with (
            writing(target.parent),
            duckdb.connect(draft, config={"memory_limit": MEMORY_LIMIT}) as connection,
        ):
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
    except duckdb.Error as error:  # a full disk, above all
        raise BuildFailed((f"the build cannot be written: {str(error).splitlines()[0]}",)) from None
    finally:
        for part in target.parent.glob(f"{draft.name}*"):
            part.unlink()


def _read_all(datasets: tuple[Dataset, ...], world: World) -> list[Loaded]:
    """Every dataset, so that one run names everything that has to be mended. Raises BuildFailed."""
    try:
        places = known_places(datasets, world.layers, world.territories)
    except SourceError as error:
        raise BuildFailed((str(error),)) from None
    loaded, problems = [], []
    for dataset in datasets:
        try:
            loaded.append(read_figures(dataset, world.layers, places))
        except SourceError as error:
            problems.append(str(error))
    if problems:
        raise BuildFailed(tuple(problems))
    return loaded


def _stamp(connection: duckdb.DuckDBPyConnection, identity: str) -> None:
    built_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    connection.execute("INSERT INTO build VALUES (?, ?, ?)", [identity, built_at, schema_digest()])
    connection.execute("CHECKPOINT")


def _name_current(target: Path) -> None:
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
