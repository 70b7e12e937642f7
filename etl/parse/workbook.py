"""A sheet of a workbook (xlsx, xls, ods): a header row, columns that identify, columns that are periods.

Codes come as the text they are in the sheet, with their leading zeros; numbers as text with the 15 digits a
sheet holds.
"""

from __future__ import annotations

import dataclasses
import datetime
import io
import re
from collections.abc import Mapping, Sequence

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from etl.codes import repeated
from etl.errors import DoesNotExist, TryAgain, WrongRequest
from etl.parse.content import FETCH_AGAIN, ZIP_MAGIC, members, refuse_what_is_not_a_table, unpack
from etl.parse.options import checked
from etl.parse.table import ROW, melted, require_columns

Cell = object
WORKBOOK_MARK = "[Content_Types].xml"  # a part that every workbook has


@dataclasses.dataclass(frozen=True)
class Options:
    """Where in the workbook the table is. Rows are counted from 1, as the sheet shows them."""

    sheet: str
    header_row: int
    id_columns: tuple[str, ...]
    period_pattern: str = ""
    """Regular expression that the headings of the period columns match entirely. None in a list of codes."""
    member: str = ""
    """Glob of the workbook in a zip."""


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """One row a cell: the id columns, TIME_PERIOD (the heading), OBS_VALUE, an empty OBS_FLAG, row.

    Without periods one row a row of the sheet: the id columns and row.
    """
    chosen = checked(Options, options)
    rows = _sheet(_workbook(content, chosen.member), chosen.sheet)
    if len(rows) <= chosen.header_row:
        raise TryAgain(
            f"the sheet {chosen.sheet!r} has {len(rows)} rows, so none below the header",
            "check `header_row` in [reader]; if it is right, fetch the file again",
        )
    headings = [_text(cell).strip() for cell in rows[chosen.header_row - 1]]
    require_columns(headings, chosen.id_columns, row=chosen.header_row)
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


def _workbook(content: bytes, member: str) -> bytes:
    """The workbook itself, which is a zip too: a person may have unpacked the one it came in."""
    if not member or (content.startswith(ZIP_MAGIC) and WORKBOOK_MARK in members(content)):
        return content
    return unpack(content, member=member)


def _sheet(content: bytes, name: str) -> list[list[Cell]]:
    refuse_what_is_not_a_table(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, PasswordError) as error:
        raise TryAgain(f"the workbook is cut, damaged or not a workbook ({error})", FETCH_AGAIN) from error
    if name not in workbook.sheet_names:
        raise DoesNotExist(
            f"the workbook has no sheet {name!r}; it has {', '.join(workbook.sheet_names)}",
            "correct `sheet` in [reader]",
        )
    # Empty rows above the table are kept, or the row numbers of an error would not be those of the sheet.
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [list(cells) for cells in rows]


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
