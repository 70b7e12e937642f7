"""The bytes of a filled-in file → rows of named cells, in whatever encoding and separators Excel chose."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from warehouse.fault import HEADER, Fault

SEPARATORS = ";,\t"
NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .xls
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Form:
    """What a file looks like: its columns, those it must have, those that a blank one already fills.

    `aliases` are other names a column may have, by that name.
    """

    columns: tuple[str, ...]
    required: tuple[str, ...]
    given: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """Cells by column, without the blanks around them; `number` is what Excel numbers the row."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def is_filled(self, *columns: str) -> bool:
        return any(self[column] for column in columns)


@dataclass(frozen=True)
class Sheet:
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_sheet(content: bytes, form: Form) -> Sheet:
    """The rows of a file that somebody filled in, and what is wrong with its form."""
    if content.startswith(NOT_TEXT):
        return _unreadable("le fichier est un classeur Excel ; l’enregistrer au format « CSV UTF-8 »")
    text = _text(content)
    if text is None:
        return _unreadable("le texte est illisible ; l’enregistrer au format « CSV UTF-8 »")
    announced = re.match(r"sep=(.)\r?\n", text)
    body = text[announced.end() :] if announced else text
    separator = announced[1] if announced else _separator(body.partition("\n")[0])
    try:
        lines = list(csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return _unreadable("un guillemet ouvert n’est jamais fermé ; le fermer, ou l’enlever")
    return _named(lines, form)


def plain(text: str) -> str:
    """A name as it is compared: without accents, case, signs and double blanks."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each if each.isalnum() else " " for each in letters if not unicodedata.combining(each))
    return " ".join(kept.split())


def nearest(text: str, names: Mapping[str, str]) -> str:
    """A sentence about the known name closest to `text`; `names` maps names as compared to names as shown."""
    close = get_close_matches(plain(text), list(names), n=1, cutoff=0.4)
    return f"le plus proche : « {names[close[0]]} »" if close else f"connus : {', '.join(names.values())}"


def _unreadable(problem: str) -> Sheet:
    return Sheet((), (Fault(HEADER, "", problem),))


def _text(content: bytes) -> str | None:
    """UTF-16 where it is marked, else UTF-8 if it is valid, else Windows; None where it is none of them."""
    encodings = ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _separator(header: str) -> str:
    return max(SEPARATORS, key=header.count)


def _named(lines: list[list[str]], form: Form) -> Sheet:
    if not lines or not any(lines[0]):
        return _unreadable(f"la première ligne doit nommer les colonnes : {', '.join(form.columns)}")
    written = [plain(name).replace(" ", "_") for name in lines[0]]
    header = [form.aliases.get(name, name) for name in written]
    faults = list(_of_header(header, form))
    known = [name for name in header if name in form.columns]
    if any(fault.column in form.required for fault in faults) or len(set(known)) < len(known):
        return Sheet((), tuple(faults))
    rows = []
    for number, cells in enumerate(lines[1:], start=HEADER + 1):
        if any(cell.strip() for cell in cells[len(header) :]):
            faults.append(
                Fault(number, "", "la ligne a plus de cellules que la première ; enlever ce qui dépasse")
            )
            continue
        row = Row(number, {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=False)})
        if row.is_filled(*(name for name in known if name not in form.given)):
            rows.append(row)
    if not rows and not faults:
        faults.append(Fault(HEADER + 1, "", "aucune ligne n’est remplie"))
    return Sheet(tuple(rows), tuple(faults))


def _of_header(header: list[str], form: Form) -> Iterator[Fault]:
    names = {plain(name): name for name in form.columns}
    for name in dict.fromkeys(header):
        if name and name not in form.columns:
            yield Fault(HEADER, name, f"cette colonne est inconnue ; {nearest(name, names)}")
        elif name and header.count(name) > 1:
            yield Fault(HEADER, name, "cette colonne est là deux fois ; n’en garder qu’une")
    for name in form.required:
        if name not in header:
            yield Fault(HEADER, name, "cette colonne manque ; reprendre la première ligne du modèle")
