"""Tables of what is shown, and the same as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas
import streamlit

from pages.components import downloads
from pages.components.context import Context
from pages.components.flags import meaning
from pages.components.words import Words
from warehouse.result import Result

MEMORY_KEPT = "64MB"


def show(context: Context, result: Result, headers: Mapping[str, str] | None = None) -> None:
    """The frame, sortable, numbers written in the reader's language.

    `headers` maps the columns to show to what a reader reads above them; None shows every column as named.
    Column `value` takes the decimals of the result's indicator, which is then the only one.
    """
    if result.is_empty:
        return
    columns = dict.fromkeys(result.frame.columns, "") if headers is None else headers
    frame = result.frame.reset_index(drop=True)
    if "flag_raw" in columns and "status" in frame:
        frame = frame.assign(flag_raw=_flags(frame, context.words))
    decimals = {name: _decimals(result, name) for name in columns}
    _drawn(context.words.language, frame[list(columns)], dict(columns), decimals, context.words)


@streamlit.cache_data(max_size=MEMORY_KEPT, show_spinner=False)
def _drawn(
    language: str,
    frame: pandas.DataFrame,
    headers: Mapping[str, str],
    decimals: Mapping[str, int],
    _words: Words,
) -> None:
    """The table in `language`, written once for all readers: Streamlit draws again what it drew."""
    frame = frame.astype({name: object for name in headers if frame[name].dtype == "str"}).fillna(
        {name: "–" for name in headers if not pandas.api.types.is_numeric_dtype(frame[name])}
    )
    numeric = [name for name in headers if pandas.api.types.is_numeric_dtype(frame[name])]
    written = {name: partial(_written, _words, decimals[name]) for name in numeric}
    streamlit.dataframe(
        frame.style.format(written, na_rep="–"),
        hide_index=True,
        column_config={name: header for name, header in headers.items() if header},
        height="auto",
        placeholder="–",
    )


def downloads_of(context: Context, result: Result, name: str, width: str = "content") -> None:
    """Two buttons: CSV for French Excel and standard CSV; the file is made when it is asked for."""
    words = context.words
    makers = {"excel": downloads.excel_csv, "standard": downloads.standard_csv}
    for kind, maker in makers.items():
        streamlit.download_button(
            words(f"view.csv_{kind}"),
            data=partial(_file, maker, result, words),
            file_name=f"{name}{'-excel' if kind == 'excel' else ''}.csv",
            mime="text/csv",
            key=f"download-{kind}-{name}",
            on_click="ignore",
            type="tertiary" if width == "content" else "secondary",
            icon=":material/download:",
            width=width,
        )


def _flags(frame: pandas.DataFrame, words: Words) -> list[str]:
    """The provider's letters and what they mean: `b – rupture de série`; empty when normal or absent."""
    known = frame[["flag_raw", "status"]].fillna({"flag_raw": "", "status": "A"})
    return [
        " – ".join(part for part in (letters, meaning(status, words)) if part)
        for letters, status in zip(known["flag_raw"], known["status"], strict=True)
    ]


def _decimals(result: Result, column: str) -> int:
    """Decimals of a numeric column: the only indicator's for figures, none for counts of rows and ranks."""
    return result.indicator.decimals if column == "value" else 0


def _written(words: Words, decimals: int, value: float) -> str:
    return words.number(value, decimals)


def _file(maker: Callable[[pandas.DataFrame], bytes], result: Result, words: Words) -> bytes:
    return maker(downloads.rows(result, words))
