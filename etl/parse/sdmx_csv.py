"""SDMX-CSV, both versions.

1.0 begins `DATAFLOW,LAST UPDATE,<dimensions>,TIME_PERIOD,OBS_VALUE,OBS_FLAG`, 2.0 `STRUCTURE,STRUCTURE_ID`,
then alike; since 2025 CONF_STATUS may follow. A missing cell is mostly an absent row, sometimes an empty
OBS_VALUE.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pandas as pd

from etl.errors import WrongRequest
from etl.parse.content import text_of
from etl.parse.options import checked
from etl.parse.table import ROW, flags_of, require_columns, strict_table, without_tiny

ABOUT_THE_MESSAGE = frozenset(
    {"DATAFLOW", "LAST UPDATE", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"}
)
MISSING = frozenset({":", "NaN"})


@dataclasses.dataclass(frozen=True)
class Options:
    """Nothing to set: the file says it all."""


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """One row an observation: the dimensions, TIME_PERIOD, OBS_VALUE, OBS_FLAG (letters, then `@C`), row."""
    checked(Options, options)
    frame = strict_table(text_of(content), ",", quoted=True, unread=ABOUT_THE_MESSAGE, texts={"OBS_VALUE"})
    columns = list(frame.columns)
    require_columns(columns, ["TIME_PERIOD", "OBS_VALUE"])
    if columns[0] not in ABOUT_THE_MESSAGE:
        raise WrongRequest(
            f"the first column is {columns[0]!r}, not DATAFLOW or STRUCTURE",
            "check that the file is SDMX-CSV, or declare its real format",
            row=1,
        )
    before = columns[: columns.index("TIME_PERIOD")]
    dimensions = [name for name in before if name not in ABOUT_THE_MESSAGE]
    flags = flags_of(frame)
    values = frame["OBS_VALUE"]
    is_missing = values.isin(MISSING)
    return frame[[*dimensions, "TIME_PERIOD"]].assign(
        OBS_VALUE=without_tiny(values.mask(is_missing, "") if is_missing.any() else values, flags),
        OBS_FLAG=flags,
        **{ROW: frame[ROW]},
    )
