"""The Rencontres territoriales, transcribed from their accounts → theme, meeting, vote, participation, …

Each file has its list of cells to read; what is not of its kind is an error that names row and column.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import pandas as pd

from etl.declaration import ETL, Dataset
from etl.feeds.fed import Fed, rejected
from etl.feeds.rows import require_columns, require_unique, understand
from etl.harmonise import Places

LISTS = ETL / "embedded" / "mot"

SCALES = ("local_priority", "expected_of_mot")
STATEMENTS = ("objective", "project_idea", "mot_suggestion", "mot_remark")
LEVELS = (1, 2)

# What the text of a cell means. Raises ValueError with what is wrong, to be read after the column's name.
Cell = Callable[[str], object]


def feed_themes(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    cells: dict[str, Cell] = {"theme_id": text, "label_fr": text, "label_nl": text, "label_en": text}
    return _fed(dataset, theme=_read(frame, cells, key=("theme_id",)))


def feed_meetings(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    cells: dict[str, Cell] = {
        "meeting_id": text,
        "area_id": area_of(places),
        "year": year,
        "has_report": yes_or_no,
    }
    return _fed(dataset, meeting=_read(frame, cells, key=("meeting_id",)))


def feed_votes(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    cells: dict[str, Cell] = {
        "meeting_id": one_of(_listed("meeting_id", "rencontres_meetings.csv")),
        "theme_id": theme,
        "level": or_none(level),
        "votes": count,
        "printed_with": or_none(text),
        "rank": count,
        **_PLACE_IN_SEED,
    }
    votes = _read(frame, cells, key=("meeting_id", "theme_id")).astype({"level": "Int64"})
    return _fed(dataset, vote=votes.assign(dataset_id=dataset.dataset_id))


def feed_participation(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    cells: dict[str, Cell] = {
        "area_id": area_of(places),
        "year": year,
        "participants": or_none(count),
        "is_computed": yes_or_no,
        "computation": or_none(text),
        **_PLACE_IN_SEED,
    }
    participation = _read(frame, cells, key=("area_id", "year")).astype({"participants": "Int64"})
    understand(frame, list(zip(frame["is_computed"], frame["computation"], strict=True)), _deduction)
    return _fed(dataset, participation=participation.assign(dataset_id=dataset.dataset_id))


def feed_expectations(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    cells: dict[str, Cell] = {
        "scale": one_of(SCALES),
        "theme_id": theme,
        "territories": count,
        "year": year,
        **_PLACE_IN_SEED,
    }
    expectations = _read(frame, cells, key=("scale", "theme_id", "year"))
    return _fed(dataset, expectation=expectations.assign(dataset_id=dataset.dataset_id))


def feed_objectives(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    cells: dict[str, Cell] = {
        "meeting_id": one_of(_listed("meeting_id", "rencontres_meetings.csv")),
        "theme_id": theme,
        "kind": one_of(STATEMENTS),
        "text_fr": text,
        "text_nl": text,
        "text_en": text,
        "rank": count,
        **_PLACE_IN_SEED,
    }
    objectives = _read(frame, cells, key=("meeting_id", "theme_id", "rank"))
    return _fed(dataset, objective_stated=objectives.assign(dataset_id=dataset.dataset_id))


def text(cell: str) -> str:
    if not cell:
        raise ValueError("is empty")
    return cell


def count(cell: str) -> int:
    """A whole number, 0 or more, in plain digits."""
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"is {cell!r}, not a whole number from 0 up")
    return int(cell)


def level(cell: str) -> int:
    """The rank of priority printed beside a theme."""
    number = count(cell)
    if number not in LEVELS:
        raise ValueError(f"is {cell!r}, neither 1 nor 2")
    return number


def year(cell: str) -> int:
    if len(cell) != 4:
        raise ValueError(f"is {cell!r}, not a year of four digits")
    return count(cell)


def yes_or_no(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(f"is {cell!r}, neither true nor false")
    return cell == "true"


def theme(cell: str) -> str:
    """The id of a theme that exists."""
    known = _listed("theme_id", "rencontres_themes.csv")
    if cell not in known:
        raise ValueError(f"is {cell!r}, a theme that is not in rencontres_themes.csv")
    return cell


def one_of(allowed: Sequence[str]) -> Cell:
    def read(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(f"is {cell!r}, none of {', '.join(allowed)}")
        return cell

    return read


def or_none(read: Cell) -> Cell:
    return lambda cell: read(cell) if cell else None


def area_of(places: Places) -> Cell:
    """The id of one of our areas: a meeting is of a territory across a border, not of a region."""

    def read(cell: str) -> str:
        try:
            level = places.level(cell)
        except KeyError:
            raise ValueError(f"is {cell!r}, an unknown territory") from None
        if level != "area":
            raise ValueError(f"is {cell!r}, a {level}; a meeting is held in an area")
        return cell

    return read


_PLACE_IN_SEED: Mapping[str, Cell] = {"seed": text, "heading": text, "line": count}


@cache
def _listed(column: str, file: str) -> tuple[str, ...]:
    """The ids of one of our own lists, which the other files refer to."""
    with (LISTS / file).open(encoding="utf-8", newline="") as lines:
        return tuple(row[column] for row in csv.DictReader(lines))


def _read(frame: pd.DataFrame, cells: Mapping[str, Cell], key: Sequence[str]) -> pd.DataFrame:
    """The columns of `cells`, each cell understood. Raises WrongRequest, also where a key stands twice."""
    require_columns(frame, cells)
    require_unique(frame, key)
    columns = {name: understand(frame, frame[name], _named(name, read)) for name, read in cells.items()}
    return pd.DataFrame(columns)


def _deduction(computed_and_how: tuple[str, str]) -> None:
    """Raises ValueError when a deduced figure does not say how it was deduced, or a printed one does."""
    is_computed, how = computed_and_how
    if (is_computed == "true") != bool(how):
        raise ValueError(f"is_computed is {is_computed}, and computation is {how!r}")


def _named(name: str, read: Cell) -> Cell:
    """`read`, whose errors begin with the name of the column."""

    def named(cell: str) -> object:
        try:
            return read(cell)
        except ValueError as error:
            raise ValueError(f"{name} {error}") from None

    return named


def _fed(dataset: Dataset, **tables: pd.DataFrame) -> Fed:
    return Fed(tables, rejected(dataset.dataset_id, []))
