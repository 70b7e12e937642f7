"""The two headers of SDMX-CSV and where its flags stand."""

from __future__ import annotations

import pytest

from etl.errors import TryAgain, WrongRequest
from etl.parse import read

ONE = "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\r\n"
TWO = "STRUCTURE,STRUCTURE_ID,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\r\n"


def test_version_two_gives_the_same_columns_as_version_one() -> None:
    one = read("sdmx_csv", f"{ONE}ESTAT:X(1.0),21/02/23 23:00:00,A,PC,FRE1,2025,9.0,d\r\n".encode(), {})
    two = read("sdmx_csv", f"{TWO}dataflow,ESTAT:X(1.0),A,PC,FRE1,2025,9.0,d,\r\n".encode(), {})
    assert one.equals(two)
    assert list(one.columns) == ["freq", "unit", "geo", "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "row"]


def test_confidentiality_follows_the_flag_as_in_a_tsv() -> None:
    frame = read("sdmx_csv", f"{TWO}dataflow,ESTAT:X(1.0),A,PC,FRE1,2025,,,C\r\n".encode(), {})
    assert (frame["OBS_VALUE"][0], frame["OBS_FLAG"][0]) == ("", "@C")


@pytest.mark.parametrize("value", ["", ":", "NaN"])
def test_an_observation_without_a_value_is_missing(value: str) -> None:
    frame = read("sdmx_csv", f"{ONE}E,U,A,PC,FRE1,2025,{value},u\r\n".encode(), {})
    assert (frame["OBS_VALUE"][0], frame["OBS_FLAG"][0]) == ("", "u")


def test_less_than_half_the_unit_is_not_a_zero() -> None:
    frame = read("sdmx_csv", f"{ONE}E,U,A,PC,FRE1,2024,0,n\r\nE,U,A,PC,FRE1,2025,0,\r\n".encode(), {})
    assert list(frame["OBS_VALUE"]) == ["", "0"]


def test_a_quoted_cell_may_hold_a_comma() -> None:
    frame = read("sdmx_csv", f'{ONE}"ESTAT:X(1.0)","a, b",A,PC,FRE1,2025,9.0,d\r\n'.encode(), {})
    assert frame["geo"][0] == "FRE1"


def test_a_column_that_vanished_is_named() -> None:
    with pytest.raises(WrongRequest, match="'OBS_VALUE' is not there"):
        read("sdmx_csv", b"DATAFLOW,geo,TIME_PERIOD,OBS\nX,FRE1,2025,9.0\n", {})


def test_a_line_cut_in_the_middle_is_named() -> None:
    with pytest.raises(TryAgain, match="5 cells where the header has 8") as caught:
        read("sdmx_csv", f"{ONE}E,U,A,PC,FRE1,2025,9.0,d\r\nE,U,A,PC,FR".encode(), {})
    assert caught.value.row == 3


def test_any_other_csv_is_not_taken_for_sdmx() -> None:
    with pytest.raises(WrongRequest, match="not DATAFLOW or STRUCTURE"):
        read("sdmx_csv", b"geo,TIME_PERIOD,OBS_VALUE\nFRE1,2025,9.0\n", {})
