"""Readers, one per format. They know formats, never datasets, and give all formats one long shape.

A row is a cell. Every column is text, "" where missing, except `row`: the 1-based line, sheet row or, where
there are no lines, place in the source. Columns: what identifies the cell under the provider's names,
TIME_PERIOD (or a `measure`), OBS_VALUE as published, OBS_FLAG in the provider's letters. In a frame with
OBS_VALUE all other texts are codes (etl/codes.py); a list of places or names, without it, repeats few.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from etl.codes import coded
from etl.errors import WrongRequest
from etl.parse import bestat, delimited, json_stat, melodi, records, sdmx_csv, sdmx_ml, tsv, workbook
from etl.parse.table import ROW

Reader = Callable[[bytes, Mapping[str, object]], pd.DataFrame]

READERS: Mapping[str, Reader] = {
    "bestat": bestat.read,
    "tsv": tsv.read,
    "sdmx_csv": sdmx_csv.read,
    "sdmx_ml": sdmx_ml.read,
    "json_stat": json_stat.read,
    "melodi": melodi.read,
    "delimited": delimited.read,
    "records": records.read,
    "workbook": workbook.read,
}


def read(format_name: str, content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """The long frame of `content`. Raises SourceError; only the caller knows dataset and file."""
    reader = READERS.get(format_name)
    if reader is None:
        raise WrongRequest(
            f"no reader is called {format_name!r}", f"set `format` to one of {', '.join(READERS)}"
        )
    frame = reader(content, options)
    if "OBS_VALUE" not in frame:
        return frame
    return frame.assign(**{name: coded(frame[name]) for name in frame if name not in ("OBS_VALUE", ROW)})
