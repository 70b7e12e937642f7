from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from streamlit.delta_generator import DeltaGenerator

from pages.components.context import Context, Screen
from pages.components.theme import LIGHT
from pages.components.words import speak
from tests.warehouse.small_database import SmallDatabase, small_database
from warehouse.queries import places


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallDatabase:
    """A build of the test's own in force instead of the session's."""
    monkeypatch.setenv("OBSERVATORY_DATA", str(tmp_path))
    return small_database(tmp_path)


@pytest.fixture
def context(warehouse: Path) -> Callable[..., Context]:
    """What the frame hands to a page, for any choice: context("FRE1", language="nl", year="2020")."""

    def chosen(
        territory_id: str = "INTERREG-FWV",
        language: str = "fr",
        year: str | None = None,
        screen: Screen | None = None,
    ) -> Context:
        return Context(
            words=speak(language),
            palette=LIGHT,
            screen=screen or Screen(1366, 768),
            territory=places.territory(territory_id),
            sides=places.sides(territory_id),
            year=year,
            large_type=False,
            build_id="a build",
            filters=cast(DeltaGenerator, None),  # nothing tested this way draws a filter
        )

    return chosen
