"""Delimited text: names that change, codes that are text, rows that are cut."""

from __future__ import annotations

import gzip

import pytest

from etl.errors import TryAgain, WrongRequest
from etl.parse import read

FIGURES = {"id_columns": ["code"], "value_columns": ["total"]}


def test_leading_zeros_stay() -> None:
    assert read("delimited", b"code,total\n01000,0012\n", FIGURES)["code"][0] == "01000"


def test_a_figure_keeps_the_digits_the_provider_printed() -> None:
    assert read("delimited", b"code,total\n1,2.50\n", FIGURES)["OBS_VALUE"][0] == "2.50"


@pytest.mark.parametrize("header", ["CD_MUNTY_REFNIS", "CD_REFNIS"])
def test_editions_may_name_a_column_differently(header: str) -> None:
    options = {**FIGURES, "columns": {"CD_MUNTY_REFNIS": "code", "CD_REFNIS": "code"}}
    assert read("delimited", f"{header},total\n57096,1\n".encode(), options)["code"][0] == "57096"


def test_two_columns_for_one_of_ours_are_refused() -> None:
    options = {**FIGURES, "columns": {"old": "code", "new": "code"}}
    with pytest.raises(WrongRequest, match="'old' or 'new' are all there"):
        read("delimited", b"old,new,total\n1,2,3\n", options)


def test_a_column_that_vanished_is_named_with_those_there_are() -> None:
    with pytest.raises(WrongRequest, match="'total' is not there; the source has code, TOTAL"):
        read("delimited", b"code,TOTAL\n1,2\n", FIGURES)


def test_a_renamed_column_that_vanished_is_named_as_the_provider_does() -> None:
    with pytest.raises(WrongRequest, match="'CD_REFNIS' is not there"):
        read("delimited", b"code,total\n1,2\n", {**FIGURES, "columns": {"CD_REFNIS": "code"}})


def test_a_column_name_that_repeats_gets_its_rank() -> None:
    frame = read("delimited", b"code,total,total\n1,2,3\n", {"id_columns": ["code", "total", "total.2"]})
    assert frame.loc[0, ["total", "total.2"]].tolist() == ["2", "3"]


def test_text_is_utf8_or_windows_1252_without_being_told() -> None:
    options = {"id_columns": ["name"]}
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        assert read("delimited", "name,x\nLiège,1\n".encode(encoding), options)["name"][0] == "Liège"


def test_a_declared_encoding_is_not_guessed_around() -> None:
    with pytest.raises(WrongRequest, match="not utf-8: byte 0xe8") as caught:
        read("delimited", "name,x\nLiège,1\n".encode("cp1252"), {"encoding": "utf-8"})
    assert caught.value.row == 2


def test_gzip_needs_no_declaration() -> None:
    assert read("delimited", gzip.compress(b"code,total\n1,2\n"), FIGURES)["OBS_VALUE"][0] == "2"


def test_blank_lines_are_skipped_and_counted() -> None:
    frame = read("delimited", b"code,total\r\n1,2\r\n\r\n3,4\r\n\r\n", FIGURES)
    assert frame["row"].tolist() == [2, 4]


def test_a_quote_inside_pipe_text_is_a_character() -> None:
    frame = read("delimited", b'code|name\n1|"Le Roeulx\n', {"separator": "|"})
    assert frame["name"][0] == '"Le Roeulx'


def test_a_column_of_the_provider_called_row_does_not_hide_ours() -> None:
    frame = read("delimited", b"row,total\nA,1\n", {"id_columns": ["row.2", "total"]})
    assert (frame["row.2"][0], frame["row"][0]) == ("A", 2)


def test_a_first_line_that_names_no_column_is_no_header() -> None:
    with pytest.raises(TryAgain, match="the first line names no column") as caught:
        read("delimited", b"\n\na,b\n1,2\n", {})
    assert caught.value.row == 1


def test_blanks_around_a_cell_go() -> None:
    assert read("delimited", b"code,total\n 01000 , 2 \n", FIGURES).loc[0, "code"] == "01000"


def test_a_line_with_a_cell_too_few_is_named() -> None:
    with pytest.raises(TryAgain, match="1 cells where the header has 2") as caught:
        read("delimited", b"code,total\n1,2\n3\n", FIGURES)
    assert caught.value.row == 3


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"seperator": ";"}, "no option 'seperator'"),
        ({"separator": 5}, "'separator' cannot be 5"),
        ({"separator": ";;"}, "not one character"),
        ({"id_columns": "code"}, "'id_columns' cannot be 'code'"),
        ({"columns": {"a": 1}}, "'columns' cannot be"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, object], problem: str) -> None:
    with pytest.raises(WrongRequest, match=problem):
        read("delimited", b"code,total\n1,2\n", options)
