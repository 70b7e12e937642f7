"""Rows of a campaign's file → its meetings, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from etl.campaign.known import Known, Names
from warehouse.campaign import PARTED_BY
from warehouse.fault import Fault
from warehouse.sheet import Row, nearest, plain

LEVELS = ("1", "2")
FIRST_YEAR, LAST_YEAR = 2000, 2100
TRANSLATIONS = ("objectifs_nl", "objectifs_en")

Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Vote:
    """`objectives` are in French, Dutch and English; the French stands where there is no translation."""

    row: int
    theme_id: str
    level: int | None
    votes: int
    objectives: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Meeting:
    """`row` is the first that names it; `participants` is None where the file does not say."""

    row: int
    area_id: str
    year: int
    participants: int | None
    votes: tuple[Vote, ...]

    @property
    def meeting_id(self) -> str:
        return f"{self.year}-{self.area_id.removeprefix('RT-').lower()}"


@dataclass
class _Reading:
    """Cells read so far; what cannot be understood becomes a fault and None."""

    known: Known
    faults: list[Fault] = field(default_factory=list)

    def cell(self, row: Row, column: str, read: Callable[[str], Meaning]) -> Meaning | None:
        try:
            return read(row[column]) if row[column] else None
        except ValueError as error:
            self.fault(row, column, str(error))
            return None

    def fault(self, row: Row, column: str, problem: str) -> None:
        self.faults.append(Fault(row.number, column, problem))


def read_meetings(rows: Iterable[Row], known: Known) -> tuple[tuple[Meeting, ...], tuple[Fault, ...]]:
    """The meetings of a file, in its order, and its faults; without any, the meetings are whole."""
    reading = _Reading(known)
    together: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        place = _place(row, reading)
        if place:
            together.setdefault(place, []).append(row)
        elif row["theme"]:
            _vote(row, reading)  # its other faults are named at once
    meetings = tuple(_meeting(*place, own, reading) for place, own in together.items())
    return meetings, tuple(sorted(reading.faults))


def _place(row: Row, reading: _Reading) -> tuple[str, int] | None:
    for column in ("territoire", "annee"):
        if not row[column]:
            reading.fault(row, column, "la cellule est vide ; la remplir sur chaque ligne")
    area = reading.cell(row, "territoire", _one_of(reading.known.territories, "territoire inconnu"))
    year = reading.cell(row, "annee", _year)
    return (area, year) if area and year else None


def _meeting(area: str, year: int, rows: Sequence[Row], reading: _Reading) -> Meeting:
    if (area, year) in reading.known.meetings:
        reading.fault(
            rows[0], "annee", f"la rencontre de {year} est déjà dans l’observatoire ; vérifier l’année"
        )
    faults = len(reading.faults)
    votes = tuple(vote for row in rows if (vote := _vote(row, reading)))
    _refuse_twins(rows, votes, reading)
    participants = _said_once(rows, "participants", reading)
    total = _said_once(rows, "total_votes", reading)
    added = sum(vote.votes for vote in votes)
    # A sum of which a part is missing is another fault's consequence: it is not told as well.
    if total is not None and total != added and len(reading.faults) == faults:
        row = next(row for row in rows if row["total_votes"])
        reading.fault(
            row,
            "total_votes",
            f"le total est {total}, mais les thèmes font {added} ; corriger l’un ou l’autre",
        )
    if not votes and participants is None and len(reading.faults) == faults:
        reading.fault(rows[0], "votes", "la rencontre n’a ni votes ni participants ; la remplir ou l’enlever")
    return Meeting(rows[0].number, area, year, participants, votes)


def _vote(row: Row, reading: _Reading) -> Vote | None:
    """The vote of a row; None where it tells none, or wrongly."""
    if not row.is_filled("votes", "niveau", "objectifs", *TRANSLATIONS):
        return None
    for column in ("theme", "votes"):
        if not row[column]:
            reading.fault(row, column, "la cellule est vide, alors que la ligne est remplie ; la remplir")
    theme = reading.cell(row, "theme", _one_of(reading.known.themes, "thème inconnu"))
    votes = reading.cell(row, "votes", _count)
    level = reading.cell(row, "niveau", _level)
    objectives = tuple(_objectives(row, reading))
    if theme is None or votes is None:
        return None
    return Vote(row.number, theme, level, votes, objectives)


def _objectives(row: Row, reading: _Reading) -> Iterator[tuple[str, str, str]]:
    french = _parts(row["objectifs"])
    translations = []
    for column in TRANSLATIONS:
        parts = _parts(row[column])
        if parts and len(parts) != len(french):
            problem = f"{len(parts)} au lieu de {len(french)} en français ; en mettre autant, ou aucun"
            reading.fault(row, column, problem)
        translations.append(parts if len(parts) == len(french) else french)
    yield from zip(french, *translations, strict=True)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(PARTED_BY) if part.strip()]


def _refuse_twins(rows: Sequence[Row], votes: Sequence[Vote], reading: _Reading) -> None:
    first: dict[str, int] = {}
    by_number = {row.number: row for row in rows}
    for vote in votes:
        if vote.theme_id in first:
            problem = f"ce thème a déjà des votes à la ligne {first[vote.theme_id]} ; n’en garder qu’une"
            reading.fault(by_number[vote.row], "theme", problem)
        first.setdefault(vote.theme_id, vote.row)


def _said_once(rows: Sequence[Row], column: str, reading: _Reading) -> int | None:
    """The one figure of a meeting in a column; it may be repeated, never contradicted."""
    said: int | None = None
    for row in rows:
        figure = reading.cell(row, column, _count)
        if figure is not None and said is not None and figure != said:
            problem = f"{figure}, mais {said} plus haut pour la même rencontre ; garder le bon"
            reading.fault(row, column, problem)
        said = figure if said is None else said
    return said


def _one_of(names: Names, unknown: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        found = names.ids.get(plain(cell))
        if found is None:
            raise ValueError(f"{unknown}, « {cell} » ; {nearest(cell, names.shown)}")
        return found

    return read


def _count(cell: str) -> int:
    digits = cell.replace(" ", "")
    if digits.startswith(("-", "−", "–")):
        raise ValueError(f"« {cell} » est négatif ; écrire un nombre entier, 0 ou plus")
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"« {cell} » n’est pas un nombre entier, 0 ou plus, en chiffres")
    return int(digits)


def _level(cell: str) -> int:
    if cell not in LEVELS:
        raise ValueError(f"« {cell} » n’est pas un niveau ; écrire 1 ou 2, ou laisser vide")
    return int(cell)


def _year(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and FIRST_YEAR <= int(cell) <= LAST_YEAR):
        raise ValueError(f"« {cell} » n’est pas une année ; l’écrire en quatre chiffres, comme 2024")
    return int(cell)
