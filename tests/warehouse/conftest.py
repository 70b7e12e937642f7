from __future__ import annotations

from pathlib import Path

import pytest

from tests.warehouse.small_database import SmallDatabase, small_database


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallDatabase:
    """A build of the test's own in force instead of the session's: only what the test plants is there."""
    monkeypatch.setenv("OBSERVATORY_DATA", str(tmp_path))
    return small_database(tmp_path)
