"""Rows and columns of text, strictly: a line with a cell too many or too few is an error that names it."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from etl.codes import in_order, numbered, recoded, repeated
from etl.errors import TryAgain, WrongRequest
from etl.parse.content import FETCH_AGAIN

ROW = "row"
FLAG_COLUMNS = ("OBS_FLAG", "OBS_STATUS")  # how SDMX messages name it: the first that is there
CONFIDENTIALITY_COLUMN = "CONF_STATUS"
FREE = "F"  # the confidentiality that forbids nothing
BLOCK = 1 << 22  # bytes read at a time: no more than these are text where codes are made of them
EVERY_ROW: Mapping[str, str] = MappingProxyType({})
TEXT = pd.StringDtype(na_value=np.nan)  # the `str` of pandas: Arrow text


def strict_table(
    text: bytes,
    separator: str,
    *,
    quoted: bool,
    unread: Collection[str] = frozenset(),
    only: Mapping[str, str] = EVERY_ROW,
    texts: Collection[str] | None = None,
) -> pd.DataFrame:
    """The table in UTF-8 `text`: every column as text, "" where a cell is empty, `row` the line it stands on.

    Columns that are not in `texts` hold codes; None: all are text.

    The first line names the columns; a name that repeats gets its rank (`total`, `total.2`). Blank lines are
    skipped. Columns in `unread` are left out; the first column and those of `only` never are, whose texts the
    rows must have.
    """
    names = table_header(text, separator, quoted=quoted)
    kept = [name for place, name in enumerate(names) if place == 0 or name in only or name not in unread]
    codes = [name for name in kept if texts is not None and name not in texts]
    frame = _read(text, names, kept, separator, quoted=quoted, only=only, codes=codes)
    if not (frame[names[0]] == "").any():
        return frame
    filled = (frame[kept] != "").any(axis="columns")
    return frame if filled.all() else frame[filled].reset_index(drop=True)


def table_header(text: bytes, separator: str, *, quoted: bool) -> list[str]:
    """The columns that the first line names, without the blanks around them, each told from the others."""
    line = text[: _end_of_line(text)].decode("utf-8").rstrip("\r")
    try:
        cells = next(csv.reader([line], delimiter=separator), []) if quoted else line.split(separator)
    except csv.Error as error:
        raise TryAgain(f"the first line is not a header ({error})", FETCH_AGAIN, row=1) from error
    if not cells:
        raise TryAgain("the first line names no column", FETCH_AGAIN, row=1)
    return _distinct([cell.strip() for cell in cells])


def table_body(text: bytes) -> memoryview:
    """`text` below its first line and without the ends of line behind its last row, not copied."""
    start, end = _end_of_line(text) + 1, len(text)
    while end > start and text[end - 1] in b"\r\n":
        end -= 1
    if end <= start:
        raise TryAgain("the file has a header and no row", FETCH_AGAIN)
    return memoryview(text)[start:end]


def other_width(cells: int, expected: int, *, row: int, lines: int) -> TryAgain:
    """The first of `lines` whose cells are not as many as the header has."""
    more = f" ({lines} such lines)" if lines > 1 else ""
    return TryAgain(f"the line has {cells} cells where the header has {expected}{more}", FETCH_AGAIN, row=row)


def require_columns(present: Sequence[str], wanted: Sequence[str], *, row: int = 1) -> None:
    """Raise WrongRequest naming the columns of `wanted` that the source does not have (any more)."""
    gone = [name for name in wanted if name not in present]
    if gone:
        raise WrongRequest(
            f"the column {', '.join(map(repr, gone))} is not there; the source has {', '.join(present)}",
            "see what the provider renamed and correct [reader] in the declaration",
            row=row,
        )


def melted(frame: pd.DataFrame, columns: Sequence[str], name: str) -> pd.DataFrame:
    """One row a cell, in the order of reading: `columns` become `name` and OBS_VALUE, the others repeat."""
    rows, width = len(frame), len(columns)
    others = [column for column in frame.columns if column not in columns]
    long = frame[others].take(np.repeat(np.arange(rows), width)).reset_index(drop=True)
    long[name] = numbered(np.tile(np.arange(width), rows), columns)
    by_column = pd.concat([frame[column] for column in columns], ignore_index=True)
    in_reading_order = np.arange(rows * width).reshape(width, rows).T.ravel()
    long["OBS_VALUE"] = by_column.take(in_reading_order).array
    return long


def flags_of(frame: pd.DataFrame) -> pd.Series[str]:
    """The status letters, then `@` and the confidentiality letter where there is one, as a TSV has them."""
    named = [name for name in FLAG_COLUMNS if name in frame]
    flags = frame[named[0]] if named else repeated("", frame.index)
    if CONFIDENTIALITY_COLUMN not in frame:
        return flags
    secret = frame[CONFIDENTIALITY_COLUMN]
    marks = recoded(secret, lambda texts: ("@" + texts).where(~texts.isin(["", FREE]), ""))
    return flags.astype("str") + marks.astype("str")


def without_tiny(values: pd.Series[str], flags: pd.Series[str]) -> pd.Series[str]:
    """`values`, empty where Eurostat writes `0n`: less than half the unit, too small to print, not zero."""
    is_flagged = flags.isin([flag for flag in flags.unique() if "n" in flag.partition("@")[0]])
    is_tiny = pd.to_numeric(values[is_flagged], errors="coerce") == 0
    return values.mask(is_tiny.reindex(values.index, fill_value=False), "") if is_tiny.any() else values


def _distinct(names: Sequence[str]) -> list[str]:
    seen = {ROW: 1}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return distinct


def _end_of_line(text: bytes) -> int:
    end = text.find(b"\n")
    return len(text) if end < 0 else end


def _read(
    text: bytes,
    names: list[str],
    kept: list[str],
    separator: str,
    *,
    quoted: bool,
    only: Mapping[str, str],
    codes: list[str],
) -> pd.DataFrame:
    damaged: list[arrow_csv.InvalidRow] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        damaged.append(row)
        return "skip"

    # Only one thread counts lines, and a row that cannot be named is no help.
    how = arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=BLOCK)
    form = arrow_csv.ParseOptions(
        delimiter=separator,
        quote_char='"' if quoted else False,
        ignore_empty_lines=False,
        invalid_row_handler=note,
    )
    cells = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.large_string()),
        strings_can_be_null=False,
        include_columns=kept,
        check_utf8=False,  # whoever decoded the text saw to it
    )
    body = pa.BufferReader(pa.py_buffer(table_body(text)))
    try:
        batches = _selected(arrow_csv.open_csv(body, how, form, cells), only, codes)
    except pa.ArrowInvalid as error:
        raise TryAgain(f"the lines are not a table ({error})", FETCH_AGAIN) from error
    if damaged:
        first = damaged[0]
        raise other_width(
            first.actual_columns, first.expected_columns, row=first.number + 1, lines=len(damaged)
        )
    frame: pd.DataFrame = pa.Table.from_batches(batches).to_pandas(types_mapper={pa.large_string(): TEXT}.get)
    return frame.assign(**{name: in_order(frame[name]) for name in codes})


def _selected(
    batches: arrow_csv.CSVStreamingReader, only: Mapping[str, str], codes: Sequence[str]
) -> list[pa.RecordBatch]:
    """The rows whose columns hold the texts of `only`, with the line each stands on, batch by batch.

    The texts of the columns in `codes` are held once a batch, so that no more than one is ever text.
    """
    kept, line = [], 2
    for batch in batches:
        lines = pa.array(np.arange(line, line + len(batch)))
        line += len(batch)
        numbered = batch.append_column(ROW, lines)
        for name, text in only.items():
            numbered = numbered.filter(pc.equal(numbered[name], text))
        for name in codes:
            at = numbered.schema.get_field_index(name)
            numbered = numbered.set_column(at, name, numbered[name].dictionary_encode())
        kept.append(numbered)
    return kept
