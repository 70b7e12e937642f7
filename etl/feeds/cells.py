"""What a cell of a file written by hand may hold, and the feed of a table that is nothing but such cells.

What is not of its kind is an error that names row and column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from etl.declaration import Dataset
from etl.feeds.fed import Fed, rejected
from etl.feeds.rows import require_columns, require_unique, understand
from etl.harmonise import Places
from etl.lists import listed

# What the text of a cell means. Raises ValueError with what is wrong, to be read after the column's name.
Cell = Callable[[str], object]
Cells = Mapping[str, Cell]


def transcribed(
    table: str, cells: Callable[[Places], Cells], key: Sequence[str], *, integers: Sequence[str] = ()
) -> Callable[[Dataset, pd.DataFrame, Places], Fed]:
    """A feed that fills one table with the columns of `cells` and the dataset's name.

    `key` occurs once; `integers` are whole numbers that may be missing.
    """

    def feed(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
        rows = read_cells(frame, cells(places), key).astype(dict.fromkeys(integers, "Int64"))
        return fed(dataset, **{table: rows.assign(dataset_id=dataset.dataset_id)})

    return feed


def read_cells(frame: pd.DataFrame, cells: Cells, key: Sequence[str]) -> pd.DataFrame:
    """The columns of `cells`, each cell understood. Raises WrongRequest, also where a key stands twice."""
    require_columns(frame, cells)
    require_unique(frame, key)
    columns = {name: understand(frame, frame[name], _named(name, read)) for name, read in cells.items()}
    return pd.DataFrame(columns)


def fed(dataset: Dataset, **tables: pd.DataFrame) -> Fed:
    """Tables of a dataset that leaves no row out."""
    return Fed(tables, rejected(dataset.dataset_id, []))


def text(cell: str) -> str:
    if not cell:
        raise ValueError("is empty")
    return cell


def count(cell: str) -> int:
    """A whole number, 0 or more, in plain digits."""
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"is {cell!r}, not a whole number from 0 up")
    return int(cell)


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
    if cell not in listed("theme_id", "mot/rencontres_themes.csv"):
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
        level = _level(places, cell)
        if level != "area":
            raise ValueError(f"is {cell!r}, a {level}; a meeting is held in an area")
        return cell

    return read


def territory_of(places: Places) -> Cell:
    """The id of any of our territories."""

    def read(cell: str) -> str:
        _level(places, cell)
        return cell

    return read


def territories_of(places: Places) -> Cell:
    """The ids of any number of our territories, spaces between them."""
    read = territory_of(places)
    return lambda cell: [read(part) for part in cell.split()]


def in_three_languages(prefix: str) -> Cells:
    return {f"{prefix}_{language}": text for language in ("fr", "nl", "en")}


PLACE_IN_SEED: Cells = {"seed": text, "heading": text, "line": count}


def _level(places: Places, cell: str) -> str:
    try:
        return places.level(cell)
    except KeyError:
        raise ValueError(f"is {cell!r}, an unknown territory") from None


def _named(name: str, read: Cell) -> Cell:
    """`read`, whose errors begin with the name of the column."""

    def named(cell: str) -> object:
        try:
            return read(cell)
        except ValueError as error:
            raise ValueError(f"{name} {error}") from None

    return named
