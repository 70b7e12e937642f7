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
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.errors import TryAgain
from etl.parse.content import FETCH_AGAIN, text_of
from etl.parse.options import checked
from etl.parse.table import ROW, as_texts, melted, strict_table, without_tiny

KEY_HEADER = re.compile(r"(?P<dimensions>[^\\]+)\\(time|TIME_PERIOD)")
BARE = r"[-+]?[0-9.]+$"
FLAGGED = (
    r"^(?P<value>:|[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?) *(?P<status>[A-Za-z]*) *(?P<confidential>@[A-Za-z]+)?$"
)


@dataclasses.dataclass(frozen=True)
class Options:
    """Nothing to set: the file says it all."""


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """The dimensions, TIME_PERIOD, OBS_VALUE ("" for `:`), OBS_FLAG (letters, then `@C`) and row per cell."""
    checked(Options, options)
    wide = strict_table(text_of(content), "\t", quoted=False)
    key, *periods = [name for name in wide.columns if name != ROW]
    dimensions = _dimension_names(key)
    if not periods:
        raise TryAgain("the header has no period", FETCH_AGAIN, row=1)
    keyed = pd.concat([_dimensions(wide[key], dimensions, wide[ROW]), wide.drop(columns=key)], axis="columns")
    long = melted(keyed, periods, "TIME_PERIOD")
    cells = _cells(long["OBS_VALUE"], long[ROW])
    long[["OBS_VALUE", "OBS_FLAG"]] = cells[["value", "flag"]]
    return long[[*dimensions, "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", ROW]]


def _dimension_names(header: str) -> list[str]:
    found = KEY_HEADER.fullmatch(header)
    if found is None:
        raise TryAgain(
            f"the first header cell is {header[:80]!r}, not dimensions like `freq,unit,geo\\TIME_PERIOD`",
            "check that the file is a Eurostat TSV, or declare its real format",
            row=1,
        )
    return found["dimensions"].split(",")


def _dimensions(keys: pd.Series[str], names: list[str], rows: pd.Series[int]) -> pd.DataFrame:
    parts = pc.split_pattern(pa.array(keys), ",")
    odd = pc.list_value_length(parts).to_numpy() != len(names)
    if odd.any():
        at = int(odd.argmax())
        raise TryAgain(
            f"the line begins with {keys[at]!r}, which is not the {len(names)} dimensions {', '.join(names)}",
            FETCH_AGAIN,
            row=int(rows[at]),
        )
    flat = pc.utf8_trim_whitespace(pc.list_flatten(parts))
    places = np.arange(len(keys)) * len(names)
    return pd.DataFrame({name: as_texts(flat.take(places + rank)) for rank, name in enumerate(names)})


def _cells(cells: pd.Series[str], rows: pd.Series[int]) -> pd.DataFrame:
    """`value` and `flag` of each cell, as text. Most cells are a bare number, which is quickly told."""
    values = cells.str.strip(" ")
    is_flagged = ~values.str.match(BARE)
    parts = pc.extract_regex(pa.array(values[is_flagged]), FLAGGED)
    if parts.null_count:
        at = int(np.flatnonzero(is_flagged)[pc.is_null(parts).to_numpy(zero_copy_only=False).argmax()])
        raise TryAgain(
            f"the cell {cells.iloc[at]!r} is neither a number nor `:` with flags",
            FETCH_AGAIN,
            row=int(rows.iloc[at]),
        )
    value, status, confidential = (as_texts(pc.struct_field(parts, name)) for name in parts.type.names)
    flags = pd.Series("", index=cells.index, dtype="str")
    values[is_flagged] = value.mask(value == ":", "").array
    flags[is_flagged] = (status + confidential).array
    return pd.DataFrame({"value": without_tiny(values, flags), "flag": flags})
