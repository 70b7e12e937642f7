"""Columns of codes: a text that repeats is held once, and work on it is done once, not once a row.

They are categories of pandas, always in the order of their texts, so that rows sort by them as by text. What
may be text or codes goes through `recoded`, `stacked` and `as_text`, which take either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Numbers = npt.NDArray[np.integer[Any]]


def numbered(numbers: Numbers, texts: Sequence[str | None], index: pd.Index | None = None) -> pd.Series[str]:
    """The column of which row by row `numbers` tells the place in `texts`; None there is missing."""
    codes, distinct = pd.factorize(pd.Series(texts, dtype="str"), sort=True)
    return pd.Series(pd.Categorical.from_codes(codes[numbers], distinct), index=index)


def repeated(text: str, index: pd.Index) -> pd.Series[str]:
    """The same text in every row."""
    return numbered(np.zeros(len(index), dtype=np.int8), [text], index)


def encoded(texts: pa.Array) -> pd.Series[str]:
    """Arrow texts as codes."""
    found = texts.dictionary_encode()
    return numbered(found.indices.to_numpy(), found.dictionary.to_pylist())


def coded(column: pd.Series[str]) -> pd.Series[str]:
    """The column as codes."""
    return column if _is_coded(column) else column.astype("category")


def in_order(column: pd.Series[str]) -> pd.Series[str]:
    """Categories of any order as codes."""
    return column.cat.reorder_categories(column.cat.categories.sort_values())


def recoded(column: pd.Series[str], change: Callable[[pd.Series[str]], pd.Series[str]]) -> pd.Series[str]:
    """What `change` makes of each distinct text of a column, as codes."""
    codes = coded(column).cat
    texts = change(pd.Series(codes.categories)).tolist()
    return numbered(codes.codes.to_numpy(), [*texts, None], column.index)  # what is missing has the number -1


def stacked(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The frames one below the other; a column of codes has the texts of all."""
    parts = list(frames)
    names = dict.fromkeys(name for part in parts for name in part.columns if _is_coded(part[name]))
    together: list[dict[str, pd.Series[str]]] = [{} for _ in parts]
    for name in names if len(parts) > 1 else ():
        columns = {place: coded(part[name]) for place, part in enumerate(parts) if name in part}
        texts = pd.Index([], dtype="str")
        for column in columns.values():
            texts = texts.union(column.cat.categories)
        for place, column in columns.items():
            together[place][name] = column.cat.set_categories(texts)
    return pd.concat([part.assign(**columns) for part, columns in zip(parts, together, strict=True)])


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with text in place of codes."""
    coded_columns = {name: frame[name].cat for name in frame.columns if _is_coded(frame[name])}
    return frame.assign(
        **{
            name: column.categories.array.take(column.codes.to_numpy(), allow_fill=True)
            for name, column in coded_columns.items()
        }
    )


def _is_coded(column: pd.Series[str]) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype)
