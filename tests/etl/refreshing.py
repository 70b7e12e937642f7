"""The small world with its two datasets at the providers' paths of a replay server, refreshed once."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

import etl.__main__ as command_line
from etl.declaration import ETL
from etl.lock import read_lock
from etl.world import World
from tests.etl.small_world import (
    POPULATION_TOML,
    POPULATION_TSV,
    RATE_TOML,
    RATE_TSV,
    SmallWorld,
    small_world,
)
from tests.replay.answers import data
from tests.replay.server import Replay

POPULATION = "/eurostat/api/dissemination/sdmx/2.1/data/population"
RATE = "/melodi/data/rate"

# Endpoints as polite as any, only faster: pauses and limits are declared, so a test declares its own.
ENDPOINTS = """
[eurostat]
provider = "eurostat"
url = "{url}/eurostat/api/dissemination"
queue = "1.0/async"
pause = 0.02
connect = 0.5
read = 0.4
total = 5
limit = 0.5
unpacked = 1

[other]
provider = "eurostat"
url = "{url}/melodi"
pause = 0.02
connect = 0.5
read = 0.4
total = 1.5
limit = 0.5
unpacked = 1
"""

REQUESTS = {
    "population": '[request]\nendpoint = "eurostat"\npath = "sdmx/2.1/data/population"\n',
    "rate": '[request]\nendpoint = "other"\npath = "data/rate"\n',
}

NEWER_POPULATION = POPULATION_TSV.replace("1369741", "1369742").encode()


@dataclass(frozen=True)
class Refreshing:
    """What one test refreshes, by the command line as a person would."""

    small: SmallWorld
    replay: Replay
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    @property
    def world(self) -> World:
        """With checks of its own where the test wrote some."""
        own = self.small.root / "checks"
        world = replace(self.small.world, lists=self.small.root / "lists")
        return replace(world, checks=own) if own.is_dir() else world

    @property
    def data(self) -> Path:
        return self.small.data

    def run(self, *arguments: str) -> tuple[int, str, list[str]]:
        """Exit code, standard output, lines of the standard error."""
        self.monkeypatch.setenv("OBSERVATORY_DATA", str(self.data))
        self.monkeypatch.setattr(command_line, "project_world", lambda folder: self.world)
        self.capsys.readouterr()
        code = command_line.main(arguments)
        said = self.capsys.readouterr()
        return code, said.out, said.err.splitlines()

    def refresh(self, *arguments: str) -> dict[str, Any]:
        """What came of each dataset, from a refresh that must end well."""
        code, out, err = self.run("refresh", "--json", *arguments)
        assert code == 0, err
        return {row["dataset"]: row for row in json.loads(out)["datasets"]}

    def failing(self, *arguments: str) -> str:
        """The one line about `rate` after a refresh in which it fails, nothing is lost and others go on."""
        before = self.bytes_of("rate"), self.figures("rate")
        self.replay.serve(POPULATION, data(NEWER_POPULATION))
        code, _, err = self.run("refresh", *arguments)
        assert code == 1
        assert (self.bytes_of("rate"), self.figures("rate")) == before, "the last good figures stay"
        assert ("BE32", "2025", 1369742.0) in self.figures("population"), "the others are refreshed"
        assert not list(self.data.glob("*.part*"))
        (line,) = err
        assert line.startswith("rate, ")
        return line

    def figures(self, indicator: str) -> list[tuple[str, str, float | None]]:
        """Of the build in force."""
        current = self.data / (self.data / "current").read_text().strip()
        sql = "SELECT territory_id, period, value FROM observation WHERE indicator_id = ? ORDER BY ALL"
        with duckdb.connect(current, read_only=True) as connection:
            return connection.execute(sql, [indicator]).fetchall()

    def bytes_of(self, dataset: str) -> dict[str, bytes]:
        """The snapshot in force, lock and all."""
        folder = self.data / "snapshots" / "eurostat" / dataset
        return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}

    def lock(self, dataset: str) -> Any:
        return read_lock(self.data / "snapshots" / "eurostat" / dataset / "lock.toml")


def declare(root: Path, replay: Replay) -> SmallWorld:
    """The small world before any refresh: two requests, no extract, no build."""
    small = small_world(root)
    small.forget("population")
    small.forget("rate")
    for name, toml in (("population", POPULATION_TOML), ("rate", RATE_TOML)):
        small.declare(name, toml.replace(f'archive = "{name}.tsv"\n', "") + REQUESTS[name])
    lists = root / "lists"
    lists.mkdir()
    for name in ("providers", "units", "caveats"):
        shutil.copy(ETL / f"{name}.toml", lists)
    (lists / "endpoints.toml").write_text(ENDPOINTS.format(url=replay.url))
    return small


def serve_both(replay: Replay) -> None:
    replay.serve(POPULATION, data(POPULATION_TSV.encode(), etag='"1"'))
    replay.serve(RATE, data(RATE_TSV.encode(), last_modified="Thu, 09 Apr 2026 09:00:00 GMT"))
