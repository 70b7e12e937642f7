"""Delimited text with a header: any separator, UTF-8 or Windows-1252, bare, gzipped or in a zip.

Everything stays text, so a code keeps its leading zeros and a figure the digits the provider printed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pandas as pd

from etl.errors import WrongRequest
from etl.parse.content import text_of
from etl.parse.options import checked
from etl.parse.table import ROW, melted, require_columns, strict_table


@dataclasses.dataclass(frozen=True)
class Options:
    """What the file does not say about itself."""

    separator: str = ","
    encoding: str = ""
    """Found out when empty."""
    member: str = ""
    """Glob of the file in a zip; may stay empty where the zip holds one file."""
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Provider's name → ours. Several may lead to one of ours: editions name a column differently."""
    missing: tuple[str, ...] = ()
    """Texts that stand for an empty cell, e.g. `-`."""
    id_columns: tuple[str, ...] = ()
    """Our names of the columns to keep beside the values; all of them when empty."""
    value_columns: tuple[str, ...] = ()
    """Our names of the columns of figures: they become `measure` and OBS_VALUE. None in a list of codes."""


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """The columns under our names; with `value_columns` one row a figure, with an empty OBS_FLAG."""
    chosen = checked(Options, options)
    if len(chosen.separator) != 1:
        raise WrongRequest(
            f"[reader] separator {chosen.separator!r} is not one character", "correct it in the declaration"
        )
    text = text_of(content, member=chosen.member, encoding=chosen.encoding)
    frame = _renamed(strict_table(text, chosen.separator, quoted=chosen.separator != "|"), chosen.columns)
    present = [name for name in frame.columns if name != ROW]
    wanted = [*chosen.id_columns, *chosen.value_columns]
    require_columns(present, wanted)
    kept = list(chosen.id_columns) or [name for name in present if name not in chosen.value_columns]
    cells = frame[[*kept, *chosen.value_columns]].apply(lambda column: column.str.strip())
    cells = cells.mask(cells.isin(chosen.missing), "").assign(**{ROW: frame[ROW]})
    if not chosen.value_columns:
        return cells
    long = melted(cells, chosen.value_columns, "measure")
    long["OBS_FLAG"] = pd.Series("", index=long.index, dtype="str")
    return long[[*kept, "measure", "OBS_VALUE", "OBS_FLAG", ROW]]


def _renamed(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """`frame` under our names. Each of ours must come from exactly one column of the file."""
    present = {source: ours for source, ours in names.items() if source in frame}
    for ours in dict.fromkeys(names.values()):
        sources = [source for source, target in names.items() if target == ours]
        found = [source for source in sources if source in present]
        if len(found) != 1:
            problem = "are all there" if found else "is not there"
            held = ", ".join(name for name in frame.columns if name != ROW)
            raise WrongRequest(
                f"the column {' or '.join(map(repr, found or sources))} {problem}; the source has {held}",
                "see what the provider renamed and correct `columns` in [reader]",
                row=1,
            )
    return frame.rename(columns=present)
