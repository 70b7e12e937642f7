"""Published figures on cross-border travel, in our own terms → `mobility_figure` and `mobility_term`."""

from __future__ import annotations

import pandas as pd

from etl.declaration import Dataset
from etl.feeds.cells import (
    Cell,
    Cells,
    fed,
    in_three_languages,
    one_of,
    or_none,
    read_cells,
    territory_of,
    text,
    transcribed,
    year,
    yes_or_no,
)
from etl.feeds.fed import Fed
from etl.feeds.place_group import is_group
from etl.harmonise import Places, read_number
from etl.lists import rows_of

KINDS = ("mode", "population", "survey")
SOURCE_KINDS = ("producer", "republication", "press", "unsourced")
RELIABILITIES = ("exact", "rounded", "about")
KEY = ("indicator_id", "mode", "population", "origin_id", "destination_id", "line_id", "survey_id", "year")

feed_terms = transcribed(
    "mobility_term",
    lambda places: {"kind": one_of(KINDS), "term_id": text, **in_three_languages("label")},
    key=("kind", "term_id"),
)


def feed_figures(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    """Raises WrongRequest naming row and column, also where a figure stands twice."""
    names = [indicator.head.indicator_id for indicator in dataset.indicators]
    rows = read_cells(frame, {"indicator_id": one_of(names), **_cells(places)}, KEY)
    named = rows.rename(columns={"year": "period", "year_assumed": "period_assumed"})
    return fed(
        dataset,
        mobility_figure=named.astype({"period": "str"}).assign(dataset_id=dataset.dataset_id),
    )


def _cells(places: Places) -> Cells:
    return {
        "mode": _term("mode"),
        "population": _term("population"),
        "survey_id": _term("survey"),
        "origin_id": or_none(_place(places)),
        "destination_id": or_none(_place(places)),
        "line_id": or_none(_place(places)),
        "year": year,
        "year_assumed": yes_or_no,
        "value": _value,
        "reliability": one_of(RELIABILITIES),
        "producer": text,
        "source_title": text,
        "source_url": text,
        "source_kind": one_of(SOURCE_KINDS),
        **{f"note_{language}": or_none(text) for language in ("fr", "nl", "en")},
    }


def _term(kind: str) -> Cell:
    rows = rows_of("observatoire/mobility_terms.csv")
    return one_of([row["term_id"] for row in rows if row["kind"] == kind])


def _place(places: Places) -> Cell:
    """A group of places, or a territory of ours."""
    territory = territory_of(places)
    return lambda cell: cell if is_group(cell) else territory(cell)


def _value(cell: str) -> float:
    return read_number(text(cell))
