"""Flows that a reader brings in a file of their own: understood row by row, each fault told, never kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from warehouse.fault import Fault
from warehouse.sheet import Form, Row, nearest, plain, read_sheet

FORM = Form(
    columns=("origin", "destination", "count", "period", "category"),
    required=("origin", "destination", "count"),
    aliases={
        "origine": "origin",
        "nombre": "count",
        "effectif": "count",
        "periode": "period",
        "annee": "period",
        "categorie": "category",
    },
)
LARGEST_MEGABYTES = 2
MOST_ROWS = 10_000
LARGEST_COUNT = 10_000_000
MODEL = ";".join(FORM.columns) + "\r\n"

Meaning = TypeVar("Meaning")

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_TWO_READINGS = re.compile(r"\d{1,3}[.,]\d{3}")
_PERIOD = re.compile(r"(19|20)\d\d(-Q[1-4])?")


@dataclass(frozen=True)
class Place:
    """A territory a code may mean; `is_placed` tells whether it can be drawn."""

    territory_id: str
    name: str
    is_placed: bool


Codes = Mapping[str, Sequence[Place]]  # by code in capitals; several places where two registers share a code


@dataclass(frozen=True)
class OwnFlow:
    """`period` and `category` are empty where the file does not say."""

    row: int
    origin_id: str
    destination_id: str
    count: float
    period: str
    category: str

    @property
    def key(self) -> tuple[str, ...]:
        return (self.origin_id, self.destination_id, self.period, self.category)


@dataclass(frozen=True)
class Report:
    """The flows that were understood and what is wrong with the other rows; `rows` counts both."""

    flows: tuple[OwnFlow, ...]
    faults: tuple[Fault, ...]
    rows: int


def read_flows(content: bytes, codes: Codes) -> Report:
    """The flows of a file, whatever Excel made of it. Every fault is told; its row is no flow."""
    if len(content) > LARGEST_MEGABYTES * 2**20:
        problem = f"le fichier dépasse {LARGEST_MEGABYTES} Mo ; n’en garder que les flux à montrer"
        return Report((), (Fault(1, "", problem),), 0)
    sheet = read_sheet(content, FORM)
    if len(sheet.rows) > MOST_ROWS:
        rows = f"le fichier a {len(sheet.rows)} lignes, la limite est {MOST_ROWS}"
        problem = f"{rows} ; n’en garder que les plus grandes"
        return Report((), (Fault(1, "", problem),), len(sheet.rows))
    reading = _Reading(codes)
    flows = [flow for row in sheet.rows if (flow := reading.flow(row))]
    faults = tuple(sorted((*sheet.faults, *reading.faults)))
    return Report(tuple(flows), faults, len(sheet.rows))


class _Reading:
    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self._first: dict[tuple[str, ...], int] = {}
        self.faults: list[Fault] = []

    def flow(self, row: Row) -> OwnFlow | None:
        """The flow of a row; None where something in it is wrong, which is then among the faults."""
        origin = self._cell(row, "origin", self._place)
        destination = self._cell(row, "destination", self._place)
        count = self._cell(row, "count", _count)
        period = self._cell(row, "period", _period) if row["period"] else ""
        if origin is None or destination is None or count is None or period is None:
            return None
        flow = OwnFlow(row.number, origin, destination, count, period, row["category"])
        return flow if self._stands(row, flow) else None

    def _cell(self, row: Row, column: str, read: Callable[[str], Meaning]) -> Meaning | None:
        try:
            if not row[column]:
                raise ValueError("la cellule est vide ; la remplir")
            return read(row[column])
        except ValueError as error:
            self.faults.append(Fault(row.number, column, str(error)))
            return None

    def _stands(self, row: Row, flow: OwnFlow) -> bool:
        if flow.origin_id == flow.destination_id:
            problem = f"le flux va de « {row['origin']} » à lui-même ; corriger un des codes"
            self.faults.append(Fault(row.number, "destination", problem))
            return False
        if flow.key in self._first:
            problem = f"ce flux est déjà à la ligne {self._first[flow.key]} ; n’en garder qu’une"
            self.faults.append(Fault(row.number, "", problem))
            return False
        self._first[flow.key] = row.number
        return True

    def _place(self, cell: str) -> str:
        found = self._codes.get(cell.upper(), ())
        if not found:
            raise ValueError(f"code inconnu, « {cell} » ; {self._hint(cell)}")
        if len(found) > 1:
            ids = " ou ".join(f"« {place.territory_id} » ({place.name})" for place in found)
            raise ValueError(f"le code « {cell} » désigne plusieurs lieux ; écrire {ids}")
        (place,) = found
        if not place.is_placed:
            raise ValueError(
                f"« {place.name} » n’a pas de coordonnées et ne se dessine pas ; enlever la ligne"
            )
        return place.territory_id

    def _hint(self, cell: str) -> str:
        """A leading zero that Excel dropped, else the closest code among those that begin alike."""
        if cell.isdigit() and f"0{cell}" in self._codes:
            return f"un zéro de tête s’est perdu : « 0{cell} »"
        alike = {plain(code): code for code in self._codes if code[:2] == cell.upper()[:2]}
        if alike:
            return nearest(cell, dict(list(alike.items())[:2000]))
        return "écrire un code NUTS, Insee ou NIS, ou un identifiant de l’observatoire"


def _count(cell: str) -> float:
    digits = cell.replace(" ", "")
    if digits.startswith(("-", "−", "–")):
        raise ValueError(f"« {cell} » est négatif ; écrire un nombre de personnes, 0 ou plus")
    if _TWO_READINGS.fullmatch(digits) and not digits.startswith("0"):
        whole = digits.replace(",", "").replace(".", "")
        raise ValueError(f"« {cell} » se lit de deux façons ; écrire {whole}, sans séparateur de milliers")
    if not (digits.isascii() and _NUMBER.fullmatch(digits)):
        raise ValueError(f"« {cell} » n’est pas un nombre ; l’écrire en chiffres, comme 1234 ou 1234,5")
    count = float(digits.replace(",", "."))
    if count > LARGEST_COUNT:
        raise ValueError(f"« {cell} » dépasse {LARGEST_COUNT} personnes ; vérifier le nombre")
    return count


def _period(cell: str) -> str:
    if not _PERIOD.fullmatch(cell):
        raise ValueError(f"« {cell} » n’est pas une période ; écrire une année, comme 2021, ou 2021-Q3")
    return cell


def codes_of(rows: Iterable[tuple[str, str, str, bool]]) -> Codes:
    """Code, territory_id, name and whether it has coordinates → places by code."""
    found: dict[str, dict[str, Place]] = {}
    for code, territory_id, name, is_placed in rows:
        found.setdefault(code, {})[territory_id] = Place(territory_id, name, is_placed)
    return {code: tuple(places.values()) for code, places in found.items()}
