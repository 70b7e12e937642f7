"""A sheet of a workbook (xlsx, xls, ods): a header row, columns that identify, columns that are periods.

Codes come as the text they are in the sheet, with their leading zeros; numbers as text with the 15 digits a
sheet holds.
"""

from __future__ import annotations

import dataclasses
import datetime
import fnmatch
import io
import re
from collections.abc import Mapping, Sequence

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from etl.codes import repeated, stacked
from etl.errors import DoesNotExist, TryAgain, WrongRequest
from etl.parse.content import FETCH_AGAIN, ZIP_MAGIC, members, refuse_what_is_not_a_table, unpack
from etl.parse.options import checked, year_in
from etl.parse.table import ROW, melted, require_columns

Cell = object
WORKBOOK_MARK = "[Content_Types].xml"  # a part that every workbook has


@dataclasses.dataclass(frozen=True)
class Options:
    """Where in the workbook the table is. Rows are counted from 1, as the sheet shows them."""

    sheet: str
    """Its name; with `sheet_year` a glob of several, of one form."""
    header_row: int
    id_columns: tuple[str, ...]
    period_pattern: str = ""
    """Regular expression that the headings of the period columns match entirely. None in a list of codes."""
    member: str = ""
    """Glob of the workbook in a zip."""
    sheet_year: str = ""
    """Our name of a column for the year in the name of a sheet, where each year has its own."""
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Heading → our name."""
    value_columns: tuple[str, ...] = ()
    """Our names of the columns of figures: each becomes a `measure`. A row without any is a note."""


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """One row a cell: the id columns, TIME_PERIOD (the heading) or `measure`, OBS_VALUE, OBS_FLAG, row.

    Without periods or columns of figures one row a row of the sheet: the id columns and row.
    """
    chosen = checked(Options, options)
    sheets = _sheets(_workbook(content, chosen.member), chosen)
    return stacked(_table(name, rows, chosen) for name, rows in sheets).reset_index(drop=True)


def _table(name: str, rows: list[list[Cell]], chosen: Options) -> pd.DataFrame:
    frame = _read(name, rows, chosen)
    if chosen.sheet_year:
        frame[chosen.sheet_year] = repeated(year_in(name, "sheet_year"), frame.index)
    return frame


def _read(name: str, rows: list[list[Cell]], chosen: Options) -> pd.DataFrame:
    if len(rows) <= chosen.header_row:
        raise TryAgain(
            f"the sheet {name!r} has {len(rows)} rows, so none below the header",
            "check `header_row` in [reader]; if it is right, fetch the file again",
        )
    headings = [_text(cell).strip() for cell in rows[chosen.header_row - 1]]
    headings = [chosen.columns.get(heading, heading) for heading in headings]
    require_columns(headings, [*chosen.id_columns, *chosen.value_columns], row=chosen.header_row)
    if chosen.value_columns:
        return _figures(rows[chosen.header_row :], headings, chosen)
    if not chosen.period_pattern:
        return _wide(rows[chosen.header_row :], headings, list(chosen.id_columns), chosen.header_row + 1)
    periods = [heading for heading in headings if re.fullmatch(chosen.period_pattern, heading)]
    if not periods:
        raise WrongRequest(
            f"no heading is a period like {chosen.period_pattern!r}; the sheet has {', '.join(headings)}",
            "correct `header_row` or `period_pattern` in [reader]",
            row=chosen.header_row,
        )
    wide = _wide(rows[chosen.header_row :], headings, [*chosen.id_columns, *periods], chosen.header_row + 1)
    long = melted(wide, periods, "TIME_PERIOD")
    long["OBS_FLAG"] = repeated("", long.index)
    return long[[*chosen.id_columns, "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", ROW]]


def _figures(rows: Sequence[Sequence[Cell]], headings: list[str], chosen: Options) -> pd.DataFrame:
    ids, values = list(chosen.id_columns), list(chosen.value_columns)
    wide = _wide(rows, headings, [*ids, *values], chosen.header_row + 1)
    long = melted(wide[(wide[values] != "").any(axis="columns")], values, "measure")
    long["OBS_FLAG"] = repeated("", long.index)
    return long[[*ids, "measure", "OBS_VALUE", "OBS_FLAG", ROW]]


def _workbook(content: bytes, member: str) -> bytes:
    """The workbook itself, which is a zip too: a person may have unpacked the one it came in."""
    if not member or (content.startswith(ZIP_MAGIC) and WORKBOOK_MARK in members(content)):
        return content
    return unpack(content, member=member)


def _sheets(content: bytes, chosen: Options) -> list[tuple[str, list[list[Cell]]]]:
    """The sheets that are asked for, by name."""
    refuse_what_is_not_a_table(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, PasswordError) as error:
        raise TryAgain(f"the workbook is cut, damaged or not a workbook ({error})", FETCH_AGAIN) from error
    fitting = fnmatch.filter(workbook.sheet_names, chosen.sheet)
    names = fitting if chosen.sheet_year else [name for name in fitting if name == chosen.sheet]
    if not names:
        raise DoesNotExist(
            f"the workbook has no sheet {chosen.sheet!r}; it has {', '.join(workbook.sheet_names)}",
            "correct `sheet` in [reader]",
        )
    # Empty rows above the table are kept, or the row numbers of an error would not be those of the sheet.
    tables = ((name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names)
    return [(name, [list(cells) for cells in rows]) for name, rows in tables]


def _wide(
    rows: Sequence[Sequence[Cell]], headings: list[str], wanted: list[str], first_row: int
) -> pd.DataFrame:
    """The wanted columns as text. Rows that are empty all along are left out."""
    places = [headings.index(name) for name in wanted]
    kept: list[list[object]] = []
    for number, cells in enumerate(rows, start=first_row):
        texts = [_text(cells[place]).strip() for place in places]
        if any(texts):
            kept.append([*texts, number])
    frame = pd.DataFrame(kept, columns=[*wanted, ROW])
    return frame.astype(dict.fromkeys(wanted, "str") | {ROW: "int64"})


def _text(cell: Cell) -> str:
    """A cell as it would be typed: 7.0 is `7`, 9.600000000000001 is `9.6`, a date is ISO."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return format(cell, ".15g")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell)
