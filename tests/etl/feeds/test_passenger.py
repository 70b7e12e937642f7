"""Passengers between regions: of two codes for one place, the one that says more stands."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.feeds import passenger
from etl.feeds.fed import Fed
from etl.harmonise import Places
from etl.world import declarations, project_world

WORLD = project_world(Path("no-data-folder"))
DATASET = next(each for each in declarations(WORLD).datasets if each.dataset_id == "tran_r_rapa")


def fed(*rows: tuple[str, str, str, str]) -> Fed:
    """Rows of c_load, c_unload, value and flag, as Belgium reports them of 2015."""
    frame = pd.DataFrame(rows, columns=["c_load", "c_unload", "OBS_VALUE", "OBS_FLAG"], dtype="str")
    frame = frame.assign(geo="BE", TIME_PERIOD="2015", row=range(2, len(frame) + 2))
    return passenger.feed(DATASET, frame, Places.load())


def told(result: Fed) -> list[tuple[str, str]]:
    frame = result.tables["passenger_flow"]
    return list(zip(frame["origin_code"], frame["flag_raw"], strict=True))


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        (("FRE1", "BE32", "", ""), ("FR30", "BE32", "12", "")),
        (("FRE1", "BE32", "", "c"), ("FR30", "BE32", "12", "")),
        (("FRE1", "BE32", "", ""), ("FR30", "BE32", "", "c")),
    ],
)
def test_of_two_codes_of_a_place_the_one_that_says_more_stands(weaker, stronger) -> None:
    for rows in ((weaker, stronger), (stronger, weaker)):
        result = fed(*rows)
        assert told(result) == [("FR30", stronger[3])]
        left_out = result.rejected
        assert list(zip(left_out["reason"], left_out["rows"], strict=True)) == [("superseded", 1)]


def test_two_codes_that_both_say_nothing_leave_one_row() -> None:
    assert told(fed(("FRE1", "BE32", "", ""), ("FR30", "BE32", "", ""))) == [("FRE1", "")]


def test_two_values_of_one_place_both_stay_for_a_rule_to_refuse() -> None:
    assert len(told(fed(("FRE1", "BE32", "3", ""), ("FR30", "BE32", "12", "")))) == 2
