"""What every feed does with rows of a long frame: ask for columns, understand texts, forbid twins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.codes import numbered
from etl.errors import SourceError, WrongRequest
from etl.harmonise import NUMBER, read_number

Meaning = TypeVar("Meaning")

TEACH = "correct the source or its declaration, or teach it to etl/harmonise.py"


@dataclass(frozen=True)
class Understood(Generic[Meaning]):
    """What each distinct text of some rows means, and which of the meanings each row has."""

    meanings: list[Meaning]
    codes: npt.NDArray[np.intp]
    index: pd.Index

    def column(self, of: Callable[[Meaning], object], dtype: str) -> pd.Series[Any]:
        """One part of the meaning, row by row."""
        return (
            pd.Series([of(meaning) for meaning in self.meanings], dtype=dtype)
            .take(self.codes)
            .set_axis(self.index)
        )

    def coded(self, of: Callable[[Meaning], str | None]) -> pd.Series[str]:
        """A text of the meaning, row by row."""
        return numbered(self.codes, [of(meaning) for meaning in self.meanings], self.index)

    def where(self, is_so: Callable[[Meaning], bool]) -> npt.NDArray[np.bool_]:
        """Which rows have a meaning of which `is_so`."""
        return np.array([is_so(meaning) for meaning in self.meanings], dtype=bool)[self.codes]


def require_columns(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Raise WrongRequest naming the first column that is not there."""
    for column in columns:
        if column not in frame.columns:
            raise WrongRequest(
                f"column {column!r} is not in the source",
                f"correct the declaration if the provider renamed it (there are {sorted(frame.columns)})",
            )


def distinct(
    rows: pd.DataFrame, texts: pd.Series[str] | Sequence[pd.Series[str]], read: Callable[..., Meaning]
) -> Understood[Meaning]:
    """`read` applied once to each distinct text of a column, or to each distinct tuple of several columns.

    Raises WrongRequest with the first row whose text `read` refuses (ValueError or WrongRequest).
    """
    columns = [texts] if isinstance(texts, pd.Series) else list(texts)
    codes, uniques = _factorize(columns)
    meanings = []
    for code, unique in enumerate(uniques):
        try:
            meanings.append(read(*unique))
        except (ValueError, WrongRequest) as error:
            fault = error if isinstance(error, SourceError) else WrongRequest(str(error), TEACH)
            raise fault.at(row=int(rows["row"].iloc[int((codes == code).argmax())])) from None
    return Understood(meanings, codes, rows.index)


def _factorize(columns: Sequence[pd.Series[str]]) -> tuple[npt.NDArray[np.intp], Iterable[tuple[str, ...]]]:
    """Which of the distinct tuples each row holds, and these tuples in the order of their first row."""
    combined, texts = pd.factorize(columns[0])
    if len(columns) == 1:
        return combined, ((text,) for text in texts)
    parts = [pd.factorize(column) for column in columns]
    shape = [max(1, len(texts)) for _, texts in parts]
    codes, flat = pd.factorize(np.ravel_multi_index([codes for codes, _ in parts], shape))
    places = zip(*np.unravel_index(flat, shape), strict=True)
    return codes, (tuple(parts[i][1][place] for i, place in enumerate(each)) for each in places)


def understand(
    rows: pd.DataFrame, texts: pd.Series[str] | Sequence[pd.Series[str]], read: Callable[..., Meaning]
) -> list[Meaning]:
    """What the text of each row means, as `distinct` reads it."""
    understood = distinct(rows, texts, read)
    return [understood.meanings[code] for code in understood.codes]


def numbers(rows: pd.DataFrame, texts: pd.Series[str]) -> pd.Series[float]:
    """Published numbers, NaN where the text is empty. Raises WrongRequest with the first that is none."""
    is_odd = ~texts.str.fullmatch(NUMBER.pattern) & (texts != "")
    if is_odd.any():
        distinct(rows[is_odd], texts[is_odd], read_number)
    plain = pa.array(texts.str.lstrip("+"))
    figures = pc.cast(pc.if_else(pc.equal(plain, ""), None, plain), pa.float64())
    return pd.Series(figures.to_numpy(zero_copy_only=False), index=texts.index)


def require_unique(rows: pd.DataFrame, key: Sequence[str]) -> None:
    """Raise WrongRequest naming the first row whose key occurred before, and the row it repeats."""
    is_repeated = rows.duplicated(list(key))
    if not is_repeated.any():
        return
    second = rows[is_repeated].iloc[0]
    same = (rows[list(key)] == second[list(key)]).all(axis=1)
    values = ", ".join(str(second[column]) for column in key)
    raise WrongRequest(
        f"the key ({values}) occurs twice, first in row {rows[same]['row'].iloc[0]}",
        "tell the two rows apart by `where` or `dimensions`, unless the source repeats itself",
        row=int(second["row"]),
    )
