from __future__ import annotations

from pathlib import Path

import pytest

from tests.etl.small_world import SmallWorld, small_world


@pytest.fixture
def small(tmp_path: Path) -> SmallWorld:
    """A small world of the test's own, to break."""
    return small_world(tmp_path)
