from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from etl.progress import Progress
from etl.refresh import refresh
from etl.trial import Order
from etl.world import declarations
from tests.etl.refreshing import Refreshing, declare, serve_both
from tests.etl.small_world import SmallWorld, small_world
from tests.replay.server import Replay, replaying


@pytest.fixture
def small(tmp_path: Path) -> SmallWorld:
    """A small world of the test's own, to break."""
    return small_world(tmp_path)


@pytest.fixture(scope="session")
def replay() -> Iterator[Replay]:
    with replaying() as server:
        yield server


@pytest.fixture(scope="session")
def refreshed_once(replay: Replay, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a world in which both datasets were refreshed, for tests to copy."""
    root = tmp_path_factory.mktemp("refreshed") / "world"
    root.mkdir()
    small = declare(root, replay)
    serve_both(replay)
    world = replace(small.world, lists=root / "lists")
    report = refresh(Order(declarations(world).datasets), world, small.data, Progress(io.StringIO()))
    assert report.is_good, report
    return root


@pytest.fixture
def refreshing(
    refreshed_once: Path,
    replay: Replay,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Refreshing:
    """Both datasets refreshed once and served as they were: a test changes what is served."""
    root = tmp_path / "world"
    shutil.copytree(refreshed_once, root)
    replay.forget()
    serve_both(replay)
    return Refreshing(SmallWorld(root), replay, monkeypatch, capsys)
