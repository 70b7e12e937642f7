"""A JSON list of objects, one a place, as the registers that the French state publishes for programs.

A key that an object does not have is an empty cell; numbers keep the digits that were printed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pandas as pd

from etl.codes import repeated
from etl.errors import WrongRequest
from etl.parse.answer import list_of
from etl.parse.options import checked
from etl.parse.table import ROW, melted


@dataclasses.dataclass(frozen=True)
class Options:
    """Which keys are read, and what the file does not say about itself."""

    columns: Mapping[str, str]
    """Provider's key → our name. Other keys are left out."""
    value_columns: tuple[str, ...]
    """Our names of the keys of figures: each becomes a row, with its name in the column `measure`."""
    where: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Provider's key → the only text of it that is read: the others are things of another kind."""
    measure: str = "measure"
    constants: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Columns that no object has and that hold of all of them, such as the period."""


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """One row a figure, with an empty OBS_FLAG; `row` is the place of its object in the list, from 1."""
    chosen = checked(Options, options)
    entries = list_of(content)
    if not all(isinstance(entry, dict) for entry in entries):
        raise WrongRequest("the list holds other things than objects", "correct `format`")
    texts = pd.DataFrame(
        {key: [_text(entry.get(key)) for entry in entries] for key in (*chosen.columns, *chosen.where)},
        dtype="str",
    )
    texts[ROW] = range(1, len(texts) + 1)
    for key, text in chosen.where.items():
        texts = texts[texts[key] == text]
    cells = texts[[*chosen.columns, ROW]].rename(columns=dict(chosen.columns)).assign(**chosen.constants)
    cells = cells.astype({name: "str" for name in cells if name != ROW}).reset_index(drop=True)
    for name in chosen.value_columns:
        if name not in cells or not (cells[name] != "").any():
            raise WrongRequest(f"no object has a figure called {name!r}", "correct `columns` in [reader]")
    long = melted(cells, chosen.value_columns, chosen.measure)
    long["OBS_FLAG"] = repeated("", long.index)
    named = [name for name in cells.columns if name not in (*chosen.value_columns, ROW)]
    return long[[*named, chosen.measure, "OBS_VALUE", "OBS_FLAG", ROW]]


def _text(value: object) -> str:
    return "" if value is None else str(value)
