"""Cells and headers that a Eurostat TSV may hold, and what damage looks like."""

from __future__ import annotations

import pytest

from etl.errors import TryAgain, WrongRequest
from etl.parse import read

HEADER = "freq,unit,geo\\TIME_PERIOD\t2024 \t2025 \n"


def tsv(*lines: str, header: str = HEADER) -> bytes:
    return (header + "\n".join(lines) + "\n").encode()


@pytest.mark.parametrize(
    ("cell", "value", "flag"),
    [
        ("9.0 ", "9.0", ""),
        ("9.0 b", "9.0", "b"),
        ("11.3 bdu", "11.3", "bdu"),
        (": ", "", ""),
        (":", "", ""),
        (": u", "", "u"),
        (": bdu", "", "bdu"),
        (": m", "", "m"),
        (": @C", "", "@C"),
        (": @N", "", "@N"),
        ("12 p@C", "12", "p@C"),
        ("12 p @C", "12", "p@C"),
        ("0 n", "", "n"),
        ("0n", "", "n"),
        ("0.0 bn", "", "bn"),
        ("12 n", "12", "n"),
        ("-4 ", "-4", ""),
        ("1.2E-3 ", "1.2E-3", ""),
    ],
)
def test_a_cell_is_a_value_and_its_flags(cell: str, value: str, flag: str) -> None:
    frame = read("tsv", tsv(f"A,PC,FRE1\t{cell}\t9.5 "), {})
    assert (frame["OBS_VALUE"][0], frame["OBS_FLAG"][0]) == (value, flag)
    assert frame["OBS_VALUE"][1] == "9.5"


def test_a_missing_value_is_never_a_zero() -> None:
    frame = read("tsv", tsv("A,PC,FRE1\t: \t0 "), {})
    assert list(frame["OBS_VALUE"]) == ["", "0"]


def test_dimensions_are_read_by_name_whatever_their_order() -> None:
    one = read("tsv", tsv("T,Y15-74,FRE1\t9.0 ", header="sex,age,geo\\time\t2025 \n"), {})
    other = read("tsv", tsv("Y15-74,T,FRE1\t9.0 ", header="age,sex,geo\\time\t2025 \n"), {})
    assert one[["age", "sex", "geo", "OBS_VALUE"]].equals(other[["age", "sex", "geo", "OBS_VALUE"]])


def test_the_row_is_the_line_of_the_file() -> None:
    frame = read("tsv", tsv("A,PC,FRE1\t1 \t2 ", "A,PC,BE32\t3 \t4 "), {})
    assert frame.loc[frame["geo"] == "BE32", "row"].tolist() == [3, 3]


def test_a_line_cut_in_the_middle_is_named() -> None:
    with pytest.raises(TryAgain, match="2 cells where the header has 3") as caught:
        read("tsv", tsv("A,PC,FRE1\t1 \t2 ", "A,PC,BE32\t3 "), {})
    assert caught.value.row == 3


def test_a_line_with_a_cell_too_many_is_named() -> None:
    with pytest.raises(TryAgain, match="4 cells where the header has 3") as caught:
        read("tsv", tsv("A,PC,FRE1\t1 \t2 \t3 "), {})
    assert caught.value.row == 2


def test_a_line_without_all_dimensions_is_named() -> None:
    with pytest.raises(TryAgain, match=r"'A,BE32'.*3 dimensions freq, unit, geo") as caught:
        read("tsv", tsv("A,PC,FRE1\t1 \t2 ", "A,BE32\t3 \t4 "), {})
    assert caught.value.row == 3


@pytest.mark.parametrize("cell", ["n/a", "9,0", "9.0 b!", ""])
def test_a_cell_that_is_no_figure_is_named(cell: str) -> None:
    with pytest.raises(TryAgain, match="neither a number nor") as caught:
        read("tsv", tsv("A,PC,FRE1\t1 \t2 ", f"A,PC,BE32\t3 \t{cell}"), {})
    assert caught.value.row == 3


def test_another_kind_of_text_is_not_taken_for_a_tsv() -> None:
    with pytest.raises(TryAgain, match="first header cell"):
        read("tsv", b"TIME,GEO,Value\n2025,FRE1,9.0\n", {})


def test_a_header_without_rows_is_no_dataset() -> None:
    with pytest.raises(TryAgain, match="a header and no row"):
        read("tsv", HEADER.encode(), {})


def test_an_option_that_tsv_does_not_have_is_refused() -> None:
    with pytest.raises(WrongRequest, match="no option 'separator'"):
        read("tsv", tsv("A,PC,FRE1\t1 \t2 "), {"separator": ";"})


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(WrongRequest, match=r"'parquet'.*Set `format` to one of .*tsv, sdmx_csv"):
        read("parquet", b"", {})


def test_blank_lines_are_skipped_and_counted() -> None:
    frame = read("tsv", tsv("A,PC,FRE1\t1 \t2 ", "", "\t\t", "A,PC,BE32\t3 \t4 \r"), {})
    assert frame["row"].tolist() == [2, 2, 5, 5]
    assert frame["OBS_VALUE"].tolist() == ["1", "2", "3", "4"]


def test_the_first_line_of_a_cell_that_repeats_is_named() -> None:
    with pytest.raises(TryAgain, match="the cell 'n/a' is neither a number nor") as caught:
        read("tsv", tsv("A,PC,FRE1\t: u\t9.5 b", "A,PC,BE32\t: u\tn/a", "A,PC,BE33\tn/a\t: u"), {})
    assert caught.value.row == 3
