"""Zones by the municipalities that make them up. Codes and zones are those of Insee's workbook of 2023."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.errors import WrongRequest
from etl.feeds import composition
from etl.feeds.fed import Fed
from etl.harmonise import Places
from etl.world import declarations, project_world

DATASET = next(
    each
    for each in declarations(project_world(Path("no-data-folder"))).datasets
    if each.dataset_id == "ze2020_composition"
)


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


def fed(places: Places, *rows: tuple[str, str]) -> Fed:
    frame = pd.DataFrame(rows, columns=["CODGEO", "ZE2020"], dtype="str")
    return composition.feed(DATASET, frame.assign(row=range(7, 7 + len(rows))), places)


def zones(fed: Fed) -> list[tuple[str, str]]:
    rows = fed.tables["composition"]
    return list(rows[["zone_id", "territory_id"]].itertuples(index=False, name=None))


def test_communes_of_today_make_up_their_zone(places: Places) -> None:
    """Lille, and Dunkerque with Saint-Pol-sur-Mer, which it took in."""
    read = fed(places, ("59350", "3216"), ("59183", "3213"), ("59540", "3213"))
    assert zones(read) == [("ZE3216", "COM59350"), ("ZE3213", "COM59183")]
    assert read.rejected.empty


def test_a_zone_that_is_held_in_part_is_none_to_add_up(places: Places) -> None:
    """Saint-Quentin reaches into Somme, of which no commune is held."""
    read = fed(places, ("02691", "3220"), ("80002", "3220"), ("59350", "3216"))
    assert zones(read) == [("ZE3216", "COM59350")]
    (row,) = read.rejected.to_dict("records")
    assert (row["code"], row["rows"], row["detail"]) == ("3220", 2, "a part of the zone is not held")


def test_a_commune_that_merged_across_two_zones_is_in_neither(places: Places) -> None:
    assert zones(fed(places, ("59183", "3213"), ("59540", "3216"), ("59350", "3216"))) == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("59350", "3213"), "occurs twice, first in row 7"),
        (("59350x", "3216"), "'59350x' of COG is unknown"),
        (("59183", "9999"), "'9999' of INSEE_ZE2020 is unknown"),
    ],
)
def test_a_bad_row_is_told(row: tuple[str, str], told: str, places: Places) -> None:
    with pytest.raises(WrongRequest, match=told):
        fed(places, ("59350", "3216"), row)
