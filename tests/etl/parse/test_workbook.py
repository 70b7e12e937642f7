"""Sheets: where the table starts, codes that must stay text, and workbooks that are none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import pytest
import xlsxwriter

from etl.errors import DoesNotExist, TryAgain, WrongRequest
from etl.parse import read

OPTIONS: Mapping[str, object] = {
    "sheet": "data",
    "header_row": 3,
    "id_columns": ["ZE"],
    "period_pattern": r"\d{4}-T[1-4]",
}
TABLE = [
    ["a title"],
    [],
    ["ZE", "2003-T1", "2003-T2", "note"],
    ["0051", 7.0, 9.6, "x"],
    [],
    ["3216", None, 9, "y"],
]


def workbook(rows: Sequence[Sequence[object]] = TABLE, sheet: str = "data") -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            page.write(row, column, cell)
    book.close()
    return content.getvalue()


def test_periods_become_rows_and_blank_rows_go() -> None:
    frame = read("workbook", workbook(), OPTIONS)
    assert frame[["ZE", "TIME_PERIOD", "OBS_VALUE", "row"]].to_numpy().tolist() == [
        ["0051", "2003-T1", "7", 4],
        ["0051", "2003-T2", "9.6", 4],
        ["3216", "2003-T1", "", 6],
        ["3216", "2003-T2", "9", 6],
    ]


def test_a_number_does_not_show_the_dust_of_its_binary_form() -> None:
    frame = read("workbook", workbook([*TABLE[:3], ["0051", 9.600000000000001, 1e6]]), OPTIONS)
    assert frame["OBS_VALUE"].tolist() == ["9.6", "1000000"]


def test_empty_rows_above_the_table_count() -> None:
    rows = [[], [], TABLE[2], TABLE[3]]
    assert read("workbook", workbook(rows), OPTIONS)["row"].tolist() == [4, 4]


def test_a_sheet_that_is_gone_is_named_with_those_there_are() -> None:
    with pytest.raises(DoesNotExist, match="no sheet 'data'; it has txcho_ze"):
        read("workbook", workbook(sheet="txcho_ze"), OPTIONS)


def test_a_column_that_vanished_is_named_with_its_row() -> None:
    with pytest.raises(WrongRequest, match="'ZE2020' is not there") as caught:
        read("workbook", workbook(), {**OPTIONS, "id_columns": ["ZE2020"]})
    assert caught.value.row == 3


def test_a_header_without_periods_is_not_the_header() -> None:
    with pytest.raises(WrongRequest, match="no heading is a period"):
        read("workbook", workbook(), {**OPTIONS, "period_pattern": r"\d{4}M\d\d"})


def test_a_header_row_below_the_table_is_refused() -> None:
    with pytest.raises(TryAgain, match="has 6 rows, so none below the header"):
        read("workbook", workbook(), {**OPTIONS, "header_row": 6})


def test_an_option_left_out_is_named() -> None:
    with pytest.raises(WrongRequest, match="needs the option 'sheet'"):
        read("workbook", workbook(), {"header_row": 3})


def test_a_workbook_cut_on_the_way_is_refused() -> None:
    with pytest.raises(TryAgain, match="cut, damaged or not a workbook"):
        read("workbook", workbook()[:2000], OPTIONS)


def test_a_page_instead_of_a_workbook_is_quoted() -> None:
    with pytest.raises(TryAgain, match="an HTML page, not the data: “Accès refusé”"):
        read("workbook", "<!DOCTYPE html><title>Accès refusé</title>".encode(), OPTIONS)


def test_a_sheet_without_periods_is_a_list_of_rows() -> None:
    frame = read("workbook", workbook(), {"sheet": "data", "header_row": 3, "id_columns": ["note", "ZE"]})
    assert frame.to_numpy().tolist() == [["x", "0051", 4], ["y", "3216", 6]]


def test_a_workbook_is_read_in_its_zip_and_out_of_it() -> None:
    envelope = io.BytesIO()
    with zipfile.ZipFile(envelope, "w") as archive:
        archive.writestr("data_2026.xlsx", workbook())
        archive.writestr("readme.txt", "…")
    options = {**OPTIONS, "member": "*.xlsx"}
    within = read("workbook", envelope.getvalue(), options)
    assert within.equals(read("workbook", workbook(), options))
    with pytest.raises(TryAgain, match="not a workbook"):
        read("workbook", envelope.getvalue(), OPTIONS)


def test_a_sheet_a_year_is_one_table_with_the_year_of_its_name() -> None:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    for name, figure in (("Population 2022", 7), ("Population en 2025", 8), ("Notes", 9)):
        page = book.add_worksheet(name)
        for row, cells in enumerate([["a title"], [" Code", "Total"], ["57096", figure], ["a note"]]):
            page.write_row(row, 0, cells)
    book.close()
    options = {
        "sheet": "Population*", "sheet_year": "year", "header_row": 2, "columns": {"Code": "place"},
        "id_columns": ["place"], "value_columns": ["Total"],
    }  # fmt: skip
    frame = read("workbook", content.getvalue(), options)
    assert frame[["place", "measure", "OBS_VALUE", "year", "row"]].to_numpy().tolist() == [
        ["57096", "Total", "7", "2022", 3],
        ["57096", "Total", "8", "2025", 3],
    ]
    with pytest.raises(WrongRequest, match="'Notes' does not say its year"):
        read("workbook", content.getvalue(), options | {"sheet": "*"})
