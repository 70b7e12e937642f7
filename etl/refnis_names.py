"""Names of Belgian municipalities, as a provider writes them in whatever language → REFNIS codes of today."""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from etl.harmonise import TERRITORIES
from etl.lists import rows_of

LANGUAGES = ("fr", "nl", "de")
ARRONDISSEMENT = 2  # digits of a code that name the arrondissement


def refnis_code(municipality: str, arrondissement: str) -> str:
    """The code of a municipality; its arrondissement tells it from a namesake, as Saint-Nicolas near Liège.

    Raises ValueError where no municipality has the name, or two have it and the arrondissement helps not.
    """
    found = _codes().get(plain(municipality), frozenset())
    if len(found) > 1:
        prefixes = _arrondissements().get(plain(arrondissement), frozenset())
        found = frozenset(code for code in found if code[:ARRONDISSEMENT] in prefixes)
    if len(found) != 1:
        problem = "is no municipality of today" if not found else "is the name of several municipalities"
        raise ValueError(f"{municipality!r} in {arrondissement!r} {problem}")
    (code,) = found
    return code


def plain(name: str) -> str:
    """A name without what varies in how it is typed: case, form of the apostrophe, blanks."""
    straight = unicodedata.normalize("NFKC", name).replace("\u2019", "'")
    return " ".join(straight.split()).casefold()


@cache
def _codes() -> Mapping[str, frozenset[str]]:
    return _by_name(
        (row["national_code"], row)
        for row in _rows(TERRITORIES / "territory.csv")
        if row["country"] == "BE" and row["level"] == "municipality"
    )


@cache
def _arrondissements() -> Mapping[str, frozenset[str]]:
    """First digits of the codes by the name of the arrondissement, in force or not."""
    return _by_name(
        (row["code"][:ARRONDISSEMENT], row)
        for row in rows_of("statbel/refnis.csv")
        if row["code"].endswith("000")
    )


def _by_name(coded: Iterator[tuple[str, Mapping[str, str]]]) -> Mapping[str, frozenset[str]]:
    codes: dict[str, set[str]] = defaultdict(set)
    for code, names in coded:
        for language in LANGUAGES:
            codes[plain(names[f"name_{language}"])].add(code)
    return {name: frozenset(found) for name, found in codes.items()}


def _rows(file: Path) -> Iterator[Mapping[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
