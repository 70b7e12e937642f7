"""Modes of those who cross, added up from planted flows."""

from __future__ import annotations

import duckdb
import pytest

from tests.warehouse.planted_flows import plant
from tests.warehouse.small_database import DATABASE, SmallDatabase
from warehouse.queries import modes

TERM = "INSERT INTO mobility_term VALUES ('mode', ?, 'f', 'n', 'e', 'flows')"
BY_MODE = f"""
INSERT INTO flow SELECT * REPLACE ('{modes.INDICATOR}' AS indicator_id, ? AS mode, ? AS value) FROM flow
WHERE mode = '_T' AND origin_id = ? AND destination_id = ?
"""


def plant_modes(small: SmallDatabase) -> None:
    plant(small, "api", [("FRX11", "BEX11", 1), ("FRX12", "BEX12", 1), ("FRX15", "BEX11", 1)])
    small.declare(modes.INDICATOR, theme="mobility", kind="count", decimals=0, headline=None)
    with duckdb.connect(small.folder / DATABASE) as connection:
        connection.executemany(TERM, [["car"], ["bicycle"]])
        for row in (
            ["car", 60, "FRX11", "BEX11"],
            ["bicycle", 20, "FRX11", "BEX11"],
            ["car", 20, "FRX12", "BEX12"],
            ["car", 900, "FRX15", "BEX11"],
        ):
            connection.execute(BY_MODE, row)


def test_each_mode_has_its_share_of_those_who_live_on_the_side(planted: SmallDatabase) -> None:
    plant_modes(planted)
    assert modes.is_loaded()
    rows = modes.shares(["FRX11", "FRX12"], None).frame
    assert list(rows[["country", "mode", "value", "share"]].itertuples(index=False, name=None)) == [
        ("BE", "car", 80, 80),
        ("BE", "bicycle", 20, 20),
    ]


def test_an_edition_after_the_chosen_year_is_not_used(planted: SmallDatabase) -> None:
    plant_modes(planted)
    assert modes.shares(["FRX11"], "2019").is_empty
    assert not modes.shares(["FRX11"], "2020").is_empty


@pytest.mark.usefixtures("warehouse")
def test_a_fresh_clone_has_no_modes_of_flows() -> None:
    assert not modes.is_loaded()
