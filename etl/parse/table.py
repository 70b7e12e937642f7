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

from etl.errors import TryAgain, WrongRequest
from etl.parse.content import FETCH_AGAIN

ROW = "row"
FLAG_COLUMNS = ("OBS_FLAG", "OBS_STATUS")  # how SDMX messages name it: the first that is there
CONFIDENTIALITY_COLUMN = "CONF_STATUS"
FREE = "F"  # the confidentiality that forbids nothing
BLOCK = 1 << 24  # bytes read at a time: columns in many small pieces are slow to work with
EVERY_ROW: Mapping[str, str] = MappingProxyType({})
TEXT = pd.StringDtype(na_value=np.nan)  # the `str` of pandas: Arrow text


def strict_table(
    text: bytes,
    separator: str,
    *,
    quoted: bool,
    unread: Collection[str] = frozenset(),
    only: Mapping[str, str] = EVERY_ROW,
) -> pd.DataFrame:
    """The table in UTF-8 `text`: every column as text, "" where a cell is empty, `row` the line it stands on.

    The first line names the columns; a name that repeats gets its rank (`total`, `total.2`). Blank lines are
    skipped. Columns in `unread` are left out; the first column and those of `only` never are, whose texts the
    rows must have.
    """
    names = table_header(text, separator, quoted=quoted)
    kept = [name for place, name in enumerate(names) if place == 0 or name in only or name not in unread]
    frame = _read(_body(text), names, kept, separator, quoted=quoted, only=only)
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
    return _distinct([cell.strip() for cell in cells])


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
    repeated = frame[others].take(np.repeat(np.arange(rows), width)).reset_index(drop=True)
    repeated[name] = pd.Series(columns, dtype="str").take(np.tile(np.arange(width), rows)).array
    by_column = pd.concat([frame[column] for column in columns], ignore_index=True)
    in_reading_order = np.arange(rows * width).reshape(width, rows).T.ravel()
    repeated["OBS_VALUE"] = by_column.take(in_reading_order).array
    return repeated


def as_texts(texts: pa.Array | pa.ChunkedArray) -> pd.Series[str]:
    """Arrow strings as a column of text, "" where there is none."""
    series: pd.Series[str] = pc.fill_null(texts, "").to_pandas(types_mapper=lambda kind: TEXT)
    return series


def flags_of(frame: pd.DataFrame) -> pd.Series[str]:
    """The status letters, then `@` and the confidentiality letter where there is one, as a TSV has them."""
    named = [name for name in FLAG_COLUMNS if name in frame]
    flags = frame[named[0]] if named else pd.Series("", index=frame.index, dtype="str")
    if CONFIDENTIALITY_COLUMN not in frame:
        return flags
    secret = frame[CONFIDENTIALITY_COLUMN]
    return flags + ("@" + secret).where(~secret.isin(["", FREE]), "")


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


def _body(text: bytes) -> pa.Buffer:
    """`text` below its first line and without the ends of line behind its last row, not copied."""
    start, end = _end_of_line(text) + 1, len(text)
    while end > start and text[end - 1] in b"\r\n":
        end -= 1
    if end <= start:
        raise TryAgain("the file has a header and no row", FETCH_AGAIN)
    return pa.py_buffer(text).slice(start, end - start)


def _read(
    body: pa.Buffer,
    names: list[str],
    kept: list[str],
    separator: str,
    *,
    quoted: bool,
    only: Mapping[str, str],
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
    text = arrow_csv.ConvertOptions(
        column_types={name: pa.string() for name in names}, strings_can_be_null=False, include_columns=kept
    )
    try:
        table = _selected(arrow_csv.open_csv(pa.BufferReader(body), how, form, text), only)
    except pa.ArrowInvalid as error:
        raise TryAgain(f"the lines are not a table ({error})", FETCH_AGAIN) from error
    if damaged:
        first = damaged[0]
        more = f" ({len(damaged)} such lines)" if len(damaged) > 1 else ""
        raise TryAgain(
            f"the line has {first.actual_columns} cells where the header has {first.expected_columns}{more}",
            FETCH_AGAIN,
            row=first.number + 1,
        )
    frame: pd.DataFrame = table.to_pandas(types_mapper=lambda kind: TEXT if kind == pa.string() else None)
    return frame


def _selected(batches: arrow_csv.CSVStreamingReader, only: Mapping[str, str]) -> pa.Table:
    """The rows whose columns hold the texts of `only`, with the line each stands on, batch by batch."""
    kept, line = [], 2
    for batch in batches:
        lines = pa.array(np.arange(line, line + len(batch)))
        line += len(batch)
        numbered = batch.append_column(ROW, lines)
        for name, text in only.items():
            numbered = numbered.filter(pc.equal(numbered[name], text))
        kept.append(numbered)
    return pa.Table.from_batches(kept, batches.schema.append(pa.field(ROW, pa.int64())))
