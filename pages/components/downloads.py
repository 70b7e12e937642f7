"""What is on the screen as a file: for French Excel, and as standard CSV. Every row carries its source."""

from __future__ import annotations

import csv
from io import StringIO

import pandas

from pages.components.flags import meaning
from pages.components.words import Words
from warehouse.result import Result

# What a spreadsheet takes for the start of a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def rows(result: Result, words: Words) -> pandas.DataFrame:
    """The frame and, on each row, its indicator, unit, flag in words, provider, vintage, licence, address.

    Codes stay text. A result without indicator (votes, sources) keeps its own columns and adds its sources.
    """
    frame = result.frame.copy()
    indicators = {item.indicator_id: item for item in result.indicators}
    sources = {item.dataset_id: item for item in result.sources}
    if "status" in frame:
        frame["status_label"] = [meaning(status, words) for status in frame["status"].fillna("A")]
    if "counted" in frame:
        made_of = next((item.numerator_id for item in result.indicators if item.numerator_id), None)
        frame = frame.rename(columns={"counted": made_of}) if made_of else frame.drop(columns="counted")
    if len(indicators) == 1 and "indicator_id" not in frame:
        frame.insert(0, "indicator_id", result.indicator.indicator_id)
    if indicators and "indicator_id" in frame:
        of = [indicators[name] for name in frame["indicator_id"]]
        frame["indicator_label"] = [words.of(item.label) for item in of]
        frame["unit"] = [words.of(item.unit) for item in of]
        if "dataset_id" not in frame:
            frame["dataset_id"] = [item.dataset_id for item in of]
    if "dataset_id" not in frame and len(sources) == 1:
        frame["dataset_id"] = next(iter(sources))
    if "dataset_id" in frame:
        named = [sources[name] for name in frame["dataset_id"]]
        frame["provider"] = [item.provider for item in named]
        frame["vintage"] = [item.vintage for item in named]
        frame["origin"] = [item.origin for item in named]
        frame["licence"] = [item.licence for item in named]
        frame["source_url"] = [item.homepage for item in named]
    return frame.drop(columns=["lon", "lat", "period_start"], errors="ignore")


def excel_csv(frame: pandas.DataFrame) -> bytes:
    """`;`, decimal comma, UTF-8 with BOM, CRLF: what a French Excel opens on a double click."""
    return _csv(frame, separator=";", decimal=",").encode("utf-8-sig")


def standard_csv(frame: pandas.DataFrame) -> bytes:
    """RFC 4180: comma, decimal point, UTF-8."""
    return _csv(frame, separator=",", decimal=".").encode("utf-8")


def _csv(frame: pandas.DataFrame, separator: str, decimal: str) -> str:
    target = StringIO()
    frame.map(_defused).to_csv(
        target,
        index=False,
        sep=separator,
        decimal=decimal,
        lineterminator="\r\n",
        quoting=csv.QUOTE_MINIMAL,
    )
    return target.getvalue()


def _defused(cell: object) -> object:
    """A text that a spreadsheet would run as a formula is kept as text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
