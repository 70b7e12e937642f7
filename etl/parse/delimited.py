"""Delimited text with a header: any separator, UTF-8 or Windows-1252, bare, gzipped or in a zip.

Everything stays text, so a code keeps its leading zeros and a figure the digits the provider printed.
"""

from __future__ import annotations

import dataclasses
import fnmatch
from collections.abc import Mapping, Sequence

import pandas as pd

from etl.codes import recoded, repeated, stacked
from etl.errors import SourceError, WrongRequest
from etl.parse.content import Block, blocks_of, member_name
from etl.parse.options import checked, year_in
from etl.parse.table import ROW, melted, require_columns, strict_table, table_header


@dataclasses.dataclass(frozen=True)
class Options:
    """What the file does not say about itself."""

    separator: str = ","
    encoding: str = ""
    """Found out when empty."""
    member: str = ""
    """Glob of the file in a zip; may stay empty where the zip holds one file."""
    member_year: str = ""
    """Our name of a column for the year in the name of that file, which has no column of it."""
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Provider's name → ours. Several may lead to one of ours: editions name a column differently."""
    missing: tuple[str, ...] = ()
    """Texts that stand for an empty cell, e.g. `-`."""
    decimal: str = "."
    """The decimal mark of the columns of figures."""
    rows: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Provider's name of a column → the only text in it whose rows are read: the others take no memory."""
    id_columns: tuple[str, ...] = ()
    """Our names of the columns to keep beside the values; all of them when empty."""
    value_columns: tuple[str, ...] = ()
    """Our names of the columns of figures, or patterns of them where the name bears the year (`NB_C*`): they
    become `measure` and OBS_VALUE. None in a list of codes."""


def read(content: bytes, options: Mapping[str, object]) -> pd.DataFrame:
    """The columns under our names; with `value_columns` one row a figure, with an empty OBS_FLAG."""
    chosen = checked(Options, options)
    if len(chosen.separator) != 1:
        raise WrongRequest(
            f"[reader] separator {chosen.separator!r} is not one character", "correct it in the declaration"
        )
    blocks = blocks_of(content, member=chosen.member, encoding=chosen.encoding)
    parts = [_read_block(block, chosen) for block in blocks]
    frame = parts[0] if len(parts) == 1 else stacked(parts).reset_index(drop=True)
    if chosen.member_year:
        year = year_in(member_name(content, chosen.member), "member_year")
        frame[chosen.member_year] = repeated(year, frame.index)
    return frame


def _read_block(block: Block, chosen: Options) -> pd.DataFrame:
    """The rows of a part of the file, each with its line in the whole."""
    is_quoted = chosen.separator != "|"
    header = table_header(block.text, chosen.separator, quoted=is_quoted)
    ours = _ours(header, chosen.columns)
    values = _expanded(chosen.value_columns, list(ours.values()))
    kept = list(chosen.id_columns) or [name for name in ours.values() if name not in values]
    require_columns(list(ours.values()), kept)
    unread = {name for name, our in ours.items() if our not in {*kept, *values}}
    require_columns(header, list(chosen.rows))
    try:
        table = strict_table(
            block.text,
            chosen.separator,
            quoted=is_quoted,
            unread=unread,
            only=chosen.rows,
            texts={name for name, our in ours.items() if our in values} if values else None,
        )
    except SourceError as error:
        raise error.below(block.shift) from None
    return _long(table.rename(columns=ours).assign(**{ROW: table[ROW] + block.shift}), kept, values, chosen)


def _long(frame: pd.DataFrame, kept: Sequence[str], values: Sequence[str], chosen: Options) -> pd.DataFrame:
    """One row a figure; without columns of figures the rows as they are."""

    def bare(texts: pd.Series[str]) -> pd.Series[str]:
        stripped = texts.str.strip()
        return stripped.mask(stripped.isin(chosen.missing), "") if chosen.missing else stripped

    if not values:
        return frame[kept].apply(bare).assign(**{ROW: frame[ROW]})
    codes = {name: recoded(frame[name], bare) for name in kept}
    figures = frame[values].apply(lambda column: bare(column.str.replace(chosen.decimal, ".", regex=False)))
    long = melted(figures.assign(**codes, **{ROW: frame[ROW]}), values, "measure")
    long["OBS_FLAG"] = repeated("", long.index)
    return long[[*kept, "measure", "OBS_VALUE", "OBS_FLAG", ROW]]


def _expanded(patterns: Sequence[str], present: Sequence[str]) -> list[str]:
    """The columns that are named or fit a pattern; each name and pattern must have one at least."""
    found = {each: [each] if each in present else fnmatch.filter(present, each) for each in patterns}
    require_columns(present, [each for each, names in found.items() if not names])
    return list(dict.fromkeys(name for names in found.values() for name in names))


def _ours(header: Sequence[str], names: Mapping[str, str]) -> dict[str, str]:
    """Each column of the file with our name for it. Each of ours must come from exactly one column."""
    for ours in dict.fromkeys(names.values()):
        sources = [source for source, target in names.items() if target == ours]
        found = [source for source in sources if source in header]
        if len(found) != 1:
            problem = "are all there" if found else "is not there"
            raise WrongRequest(
                f"the column {' or '.join(map(repr, found or sources))} {problem}; "
                f"the source has {', '.join(header)}",
                "see what the provider renamed and correct `columns` in [reader]",
                row=1,
            )
    return {name: names.get(name, name) for name in header}
