"""What every test stands on: a data folder of its own and, where asked for, the warehouse built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Server, serving


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes the folder of the person who runs it."""
    folder = tmp_path_factory.mktemp("observatory")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OBSERVATORY_DATA", str(folder))
        yield folder


@pytest.fixture(scope="session")
def warehouse(data_folder: Path) -> Path:
    """The warehouse built from the embedded extracts, the one every page and query of the session reads."""
    from etl.build import build

    return build(data_folder)


@pytest.fixture(scope="session")
def server(warehouse: Path) -> Iterator[Server]:
    """The dashboard as `streamlit run app.py` serves it, over the session's warehouse."""
    with serving(warehouse.parent) as running:
        running.wait_until_ready()
        yield running
