"""Eurostat TSV, both headers: `…,geo\\time` (until 2023, years descending, no freq), `…,geo\\TIME_PERIOD`.

The first cell of a line holds the dimensions, in an order that differs between datasets and editions: they
are read by name. The other cells hold `value flags`, e.g. `9.0 bd`, `: bu`, `: @C` (confidential since
January 2025) or `0n` (less than half the unit). None of these is a zero.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.codes import encoded, numbered
from etl.errors import TryAgain
from etl.parse.content import FETCH_AGAIN, text_of
from etl.parse.options import checked
from etl.parse.table import ROW, TEXT, other_width, table_body, table_header, without_tiny

Rows = npt.NDArray[np.int64]

KEY_HEADER = re.compile(r"(?P<dimensions>[^\\]+)\\(time|TIME_PERIOD)")
CELL = r"^(?P<value>:|[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?) *(?P<flag>[A-Za-z]* *(?:@[A-Za-z]+)?)$"


@dataclasses.dataclass(frozen=True)
class Options:
    """Nothing to set: the file says it all."""


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """The dimensions, TIME_PERIOD, OBS_VALUE ("" for `:`), OBS_FLAG (letters, then `@C`) and row per cell."""
    checked(Options, options)
    text = text_of(content)
    key, *periods = table_header(text, "\t", quoted=False)
    dimensions = _dimension_names(key)
    if not periods:
        raise TryAgain("the header has no period", FETCH_AGAIN, row=1)
    lines, rows = _lines(text)
    cells, width = _cells(lines, rows, 1 + len(periods)), len(periods)
    is_key = np.arange(len(cells)) % (1 + width) == 0
    keys = _dimensions(cells.filter(pa.array(is_key)), dimensions, rows)
    row = np.repeat(rows, width)
    return pd.DataFrame(
        {
            **{name: codes.repeat(width).array for name, codes in keys.items()},
            "TIME_PERIOD": numbered(np.tile(np.arange(width), len(rows)), periods),
            **_figures(cells.filter(pa.array(~is_key)), row),
            ROW: row,
        }
    )


def _dimension_names(header: str) -> list[str]:
    found = KEY_HEADER.fullmatch(header)
    if found is None:
        raise TryAgain(
            f"the first header cell is {header[:80]!r}, not dimensions like `freq,unit,geo\\TIME_PERIOD`",
            "check that the file is a Eurostat TSV, or declare its real format",
            row=1,
        )
    return found["dimensions"].split(",")


def _lines(text: bytes) -> tuple[pa.Array, Rows]:
    """The lines below the header that are not blank, and where they stand in the file."""
    whole = pa.array([table_body(text)], pa.large_binary()).cast(pa.large_string())
    lines = pc.ascii_rtrim(pc.list_flatten(pc.split_pattern(whole, "\n")), "\r")
    is_filled = pc.not_equal(pc.ascii_ltrim(lines, "\t"), "")
    return lines.filter(is_filled), np.flatnonzero(is_filled) + 2


def _cells(lines: pa.Array, rows: Rows, width: int) -> pa.Array:
    """The cells of every line, one line after the other."""
    cells = pc.split_pattern(lines, "\t")
    widths = pc.list_value_length(cells).to_numpy()
    odd = np.flatnonzero(widths != width)
    if len(odd):
        raise other_width(int(widths[odd[0]]), width, row=int(rows[odd[0]]), lines=len(odd))
    return pc.list_flatten(cells)


def _dimensions(keys: pa.Array, names: list[str], rows: Rows) -> dict[str, pd.Series[str]]:
    parts = pc.split_pattern(keys, ",")
    odd = pc.list_value_length(parts).to_numpy() != len(names)
    if odd.any():
        at = int(odd.argmax())
        raise TryAgain(
            f"the line begins with {keys[at].as_py()!r}, which is not the {len(names)} dimensions "
            f"{', '.join(names)}",
            FETCH_AGAIN,
            row=int(rows[at]),
        )
    flat = pc.utf8_trim_whitespace(pc.list_flatten(parts))
    places = np.arange(len(keys)) * len(names)
    return {name: encoded(flat.take(places + rank)) for rank, name in enumerate(names)}


def _figures(cells: pa.Array, rows: Rows) -> dict[str, pd.Series[str]]:
    """OBS_VALUE and OBS_FLAG of each cell. Most are digits only; of the others many are alike."""
    values = pc.ascii_trim(cells, " ")
    is_other = pc.invert(pc.ascii_is_decimal(values))
    at = np.flatnonzero(is_other)
    others = values.filter(is_other).dictionary_encode()
    parts = pc.extract_regex(others.dictionary, CELL)
    if parts.null_count:
        is_odd = pc.is_null(parts).take(others.indices).to_numpy(zero_copy_only=False)
        odd = int(at[is_odd.argmax()])
        raise TryAgain(
            f"the cell {cells[odd].as_py()!r} is neither a number nor `:` with flags",
            FETCH_AGAIN,
            row=int(rows[odd]),
        )
    value, flag = (pc.struct_field(parts, name) for name in parts.type.names)
    printed = pc.if_else(pc.equal(value, ":"), "", value).take(others.indices)
    flag_number = np.zeros(len(cells), dtype=np.int64)
    flag_number[at] = others.indices.to_numpy() + 1
    flags = numbered(flag_number, ["", *pc.replace_substring(flag, " ", "").to_pylist()])
    texts = pc.replace_with_mask(values, is_other, printed).to_pandas(types_mapper=lambda kind: TEXT)
    return {"OBS_VALUE": without_tiny(texts, flags), "OBS_FLAG": flags}
