"""What every feed does with rows of a long frame: ask for columns, understand texts, forbid twins."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import pandas as pd

from etl.errors import WrongRequest

Text = TypeVar("Text", bound=Hashable)
Meaning = TypeVar("Meaning")


def require_columns(frame: pd.DataFrame, columns: Iterable[str]) -> None:
    """Raise WrongRequest naming the first column that is not there."""
    for column in columns:
        if column not in frame.columns:
            raise WrongRequest(
                f"column {column!r} is not in the source",
                f"correct the declaration if the provider renamed it (there are {sorted(frame.columns)})",
            )


def understand(rows: pd.DataFrame, texts: Iterable[Text], read: Callable[[Text], Meaning]) -> list[Meaning]:
    """`read` applied to the text of each row, once for each distinct text.

    `texts` runs along `rows`. Raises WrongRequest with the first row whose text `read` refuses (ValueError or
    WrongRequest).
    """
    meanings: dict[Text, Meaning] = {}
    result = []
    for position, text in enumerate(texts):
        if text not in meanings:
            try:
                meanings[text] = read(text)
            except ValueError as error:
                remedy = "correct the source or its declaration, or teach it to etl/harmonise.py"
                raise WrongRequest(str(error), remedy, row=int(rows["row"].iloc[position])) from None
            except WrongRequest as error:
                raise error.at(row=int(rows["row"].iloc[position])) from None
        result.append(meanings[text])
    return result


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
