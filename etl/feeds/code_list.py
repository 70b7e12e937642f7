"""An official register of codes with their validity → table `code_list`."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd

from etl.declaration import Dataset
from etl.errors import WrongRequest
from etl.feeds.fed import Fed, rejected
from etl.feeds.rows import require_columns, require_unique, understand
from etl.harmonise import Places

NAMES = ("name_fr", "name_nl", "name_de")
OPTIONAL = ("parent_code", *NAMES)
OPEN_END = date(9999, 12, 31)  # how REFNIS writes that a code is still in force


def feed(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    """One row a code and validity.

    The declaration renames the provider's columns to valid_from, valid_to and, where there are any,
    parent_code and the names. Raises WrongRequest: a missing column, a date that is none, a code twice
    from the same day.
    """
    if dataset.places is None:
        raise WrongRequest("a list of codes needs its scheme", "write [places] with column and scheme")
    require_columns(frame, [dataset.places.column, "valid_from", "valid_to"])
    codes = pd.DataFrame(
        {
            "scheme": dataset.places.scheme,
            "code": frame[dataset.places.column],
            **{column: _or_none(frame, column) for column in OPTIONAL},
            "valid_from": understand(frame, frame["valid_from"], read_day),
            "valid_to": understand(frame, frame["valid_to"], read_day),
            "dataset_id": dataset.dataset_id,
            "row": frame["row"],
        }
    )
    require_unique(codes, ["code", "valid_from"])
    return Fed({"code_list": codes.drop(columns="row")}, rejected(dataset.dataset_id, []))


def read_day(text: str) -> date | None:
    """2019-01-01 or 01/01/2019; None for an open end. Raises ValueError."""
    if not text:
        return None
    try:
        day = datetime.strptime(text, "%d/%m/%Y").date() if "/" in text else date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"date {text!r} is neither 2019-01-31 nor 31/01/2019") from None
    return None if day == OPEN_END else day


def _or_none(frame: pd.DataFrame, column: str) -> pd.Series[str] | None:
    return frame[column].replace("", None) if column in frame.columns else None
