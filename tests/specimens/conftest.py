"""Whole files as the providers published them: they lie outside the project, or these tests do not run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def specimens() -> Path:
    """The folder that OBSERVATORY_SPECIMENS names; without it the test is skipped."""
    folder = os.environ.get("OBSERVATORY_SPECIMENS")
    if not folder:
        pytest.skip("OBSERVATORY_SPECIMENS names no folder of whole files")
    return Path(folder)
