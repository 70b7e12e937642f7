"""Finds the current build and opens it read-only. The only module that may know where builds lie."""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import duckdb
import pandas as pd

PROJECT_ROOT = Path(__file__).resolve().parent.parent

# Names inside the data folder. `current` and the builds are written by etl.build, the log of what was fetched
# by etl.journal, the other two by the door.
CURRENT = "current"
FETCH_LOG = "fetch_log.jsonl"
BUILDING = "building"
BUILD_LOG = "build.log"

_SCHEMA = Path(__file__).resolve().with_name("schema.sql")

# A build is a local file and a query reads nothing else: no extension is looked for, no other file opened.
_READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
}

_ANSWERS_KEPT = 1024  # of a few kilobytes each

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Parameters = Sequence[Any] | Mapping[str, Any] | None


class NoBuild(LookupError):
    """There is no usable build; the message says why and what to run."""


@dataclass(frozen=True)
class Ready:
    """A build can be asked. `refused` is why a newer one did not replace it, None when it is the newest."""

    build: Path
    refused: str | None = None


@dataclass(frozen=True)
class Building:
    """No build yet, and one is being made."""


@dataclass(frozen=True)
class Missing:
    """No build, and none is being made."""

    reason: str


@dataclass(frozen=True)
class BuildStamp:
    """Which build answers, and when it was made (UTC)."""

    build_id: str
    built_at: datetime


def data_folder() -> Path:
    """The writable folder: $OBSERVATORY_DATA, by default ./var under the project's root."""
    return Path(os.environ.get("OBSERVATORY_DATA") or PROJECT_ROOT / "var").absolute()


@lru_cache(maxsize=1)
def schema_digest() -> str:
    """What tells the tables this code asks about from those of another version."""
    return hashlib.sha256(_SCHEMA.read_bytes()).hexdigest()[:12]


def current_build() -> Path:
    """The file of the build in force.

    Raises NoBuild when `current` is missing or names a file that is not there.
    """
    pointer = data_folder() / CURRENT
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise NoBuild(f"no build in {pointer.parent}: run `python -m etl build`") from None
    except OSError as problem:
        raise NoBuild(f"{pointer} cannot be read: {problem.strerror}") from problem
    build = pointer.parent / name
    if not name or not build.is_file():
        raise NoBuild(f"{pointer} names {name!r}, which is not there: run `python -m etl build`")
    return build


def state() -> Ready | Building | Missing:
    """What a page or /healthz may count on now. Never raises; opens the build when it is a new one."""
    folder = data_folder()
    building = (folder / BUILDING).exists()
    failure = None if building else _failure(folder)
    try:
        build = current_build()
        _store.open_build()
        return Ready(build, failure)
    except NoBuild as absence:
        return Building() if building else Missing(failure or str(absence))


def _failure(folder: Path) -> str | None:
    """The last line of the last build's log when that build failed; None when it has since been made good."""
    log, pointer = folder / BUILD_LOG, folder / CURRENT
    if not log.exists() or (pointer.exists() and pointer.stat().st_mtime_ns > log.stat().st_mtime_ns):
        return None
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "the build failed without a word")


def _has_our_schema(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the build was made from the tables we ask about; one without a stamp says nothing of them."""
    try:
        stamp = connection.execute("SELECT schema_digest FROM build").fetchone()
    except duckdb.Error:  # made before builds bore their schema
        return False
    return stamp is None or stamp[0] == schema_digest()


class _OpenBuild:
    """A build opened read-only. It never changes, so neither do its answers: the latest ones are kept."""

    def __init__(self, build: Path) -> None:
        try:
            self.connection = duckdb.connect(build, read_only=True, config=_READ_ONLY)
        except duckdb.Error as problem:
            raise NoBuild(f"{build} cannot be opened: {problem}") from problem
        if not _has_our_schema(self.connection):
            raise NoBuild(f"{build} was made for another version of the code: run `python -m etl build`")
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def answer(self, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """What `find` returns, found once. Two threads may both find it: neither waits for the other."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                kept: Answer = self._answers[question]
                return kept
        answer = find()
        with self._lock:
            self._answers[question] = answer
            while len(self._answers) > _ANSWERS_KEPT:
                self._answers.popitem(last=False)
        return answer


class _Store:
    """One open build a process, replaced by the newer one when `current` changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pointer: tuple[Path, int] | None = None
        self._open: _OpenBuild | None = None

    def open_build(self) -> _OpenBuild:
        pointer = data_folder() / CURRENT
        with self._lock:
            try:
                seen = (pointer, pointer.stat().st_mtime_ns)
            except FileNotFoundError:
                seen = None
            if self._open is None or seen != self._pointer:
                # The former connection is not closed: a page may be reading through a cursor of it.
                self._open = _OpenBuild(current_build())
                self._pointer = seen
            return self._open


_store = _Store()


def connection() -> duckdb.DuckDBPyConnection:
    """The process's read-only connection to the build in force; take a `.cursor()` of it for each call.

    Raises NoBuild.
    """
    return _store.open_build().connection


def query(sql: str, parameters: Parameters = None) -> pd.DataFrame:
    """The rows `sql` selects, the caller's own: safe from any thread. Raises NoBuild."""
    build = _store.open_build()

    def rows() -> pd.DataFrame:
        with build.connection.cursor() as cursor:
            return cursor.execute(sql, parameters).df()

    # pandas copies on write: what the caller does to its copy never reaches the kept frame.
    return build.answer((sql, repr(parameters)), rows).copy(deep=False)


def ask(sql: str, parameters: Parameters = None) -> pd.DataFrame:
    """The rows `sql` selects, not kept: for answers too many or too large to be. Raises NoBuild."""
    with connection().cursor() as cursor:
        return cursor.execute(sql, parameters).df()


def remembered(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """A question whose answer is found once a build: for what pandas computes after `query`.

    Arguments are hashable or collections; the answer is shared by all who ask and is never changed in place.
    """

    @wraps(question)
    def ask(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        named = tuple((name, _hashable(value)) for name, value in sorted(kwargs.items()))
        asked = (question, tuple(map(_hashable, args)), named)
        return _store.open_build().answer(asked, lambda: question(*args, **kwargs))

    return ask


def _hashable(argument: Any) -> Hashable:
    """A collection that may not be hashable, as a tuple; anything else as it is."""
    plain = isinstance(argument, str | tuple) or not isinstance(argument, Collection)
    return argument if plain else tuple(argument)


def build_stamp() -> BuildStamp:
    """Identity and age of the build in force. Raises NoBuild."""
    rows = query("SELECT build_id, built_at FROM build")
    if rows.empty:
        raise NoBuild("the build carries no stamp: run `python -m etl build`")
    return BuildStamp(build_id=str(rows["build_id"][0]), built_at=rows["built_at"][0].to_pydatetime())
