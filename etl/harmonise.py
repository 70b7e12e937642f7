"""The provider's codes, periods, flags and numbers → ours. What is not known is an error that names it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from etl.errors import WrongRequest

TERRITORIES = Path(__file__).resolve().parent.parent / "warehouse" / "territories"
CURRENT = "current"  # the vintage of the codes in force
WHOLE = 0.999  # from this share on a code lies entirely in a territory: the rest is noise of the overlay
NOISE = 1 - WHOLE

# SDMX CL_OBS_STATUS by Eurostat's letters (until January 2025 i and m were written s and z), then by its own
# letters, which Insee writes. There C and N are not a status: they forbid to publish.
STATUS_OF_LETTER: Mapping[str, str] = {
    "b": "B", "d": "D", "e": "E", "f": "F", "i": "I", "s": "I",
    "m": "M", "z": "M", "n": "N", "p": "P", "u": "U",
    **{letter: letter for letter in "ABDEFILMOPU"},
    "K": "O",  # the figure is in that of another place
}  # fmt: skip
STATUS_OF_WORD: Mapping[str, str] = {"SD": "P"}  # Insee: semi-definitive, still to be revised
CONFIDENTIAL_LETTERS = frozenset("cCN")  # among the letters; CONF_STATUS, after @ or |, knows P besides
CONFIDENTIALITY = frozenset("CNP")
# One status a row: the one that changes most what a reader may conclude. All letters stay in flag_raw.
# Low reliability forbids any comparison, a break one in time, another definition one in space.
STRONGEST_FIRST = ("M", "L", "O", "U", "B", "D", "N", "F", "E", "I", "P", "A")


@dataclass(frozen=True)
class Flag:
    """A provider's flag in our terms; `status` is a letter of CL_OBS_STATUS."""

    status: str
    confidential: bool


@cache
def read_flag(text: str, is_missing: bool) -> Flag:
    """The letters of a cell: Eurostat's before or after January 2025 (`bdu`, `c`, `@C`, `p|N`), or SDMX's.

    A missing cell is M (cannot exist), L (exists, not collected), N (not significant) or O (missing, whatever
    reason its letters give).
    Raises ValueError naming the letter that is unknown.
    """
    letters, _, confidentiality = text.replace(" ", "").replace("|", "@").partition("@")
    letters = STATUS_OF_WORD.get(letters, letters)
    statuses = {STATUS_OF_LETTER[letter] for letter in letters if letter in STATUS_OF_LETTER}
    unknown = [each for each in letters if each not in STATUS_OF_LETTER and each not in CONFIDENTIAL_LETTERS]
    unknown += [each for each in confidentiality if each not in CONFIDENTIALITY]
    if unknown:
        raise ValueError(f"flag {text!r}: {unknown[0]!r} is unknown")
    confidential = bool(confidentiality) or any(each in CONFIDENTIAL_LETTERS for each in letters)
    if is_missing:
        return Flag(next((status for status in ("M", "L", "N") if status in statuses), "O"), confidential)
    if statuses & {"M", "L", "O"}:
        raise ValueError(f"flag {text!r} says that there is no value, but one stands there")
    return Flag(next((status for status in STRONGEST_FIRST if status in statuses), "A"), confidential)


@dataclass(frozen=True)
class Period:
    """SDMX period, 2025 or 2023-Q3, and its first day."""

    period: str
    start: date


_QUARTERS = (
    re.compile(r"(?P<year>\d{4})[-_ ]?[TQK](?P<quarter>[1-4])"),
    re.compile(r"[TQK](?P<quarter>[1-4])[-_ ](?P<year>\d{4})"),
    re.compile(
        r"(?P<quarter>[1-4])(er|e|ème|de|ste|st|nd|rd|th)? (trimestre|kwartaal|quarter) (?P<year>\d{4})"
    ),
)
_YEAR = re.compile(r"\d{4}")
_SCHOOL_YEAR = re.compile(r"(?P<begin>\d{4})[-/](?P<end>\d{2}|\d{4})")
_DATE = re.compile(r"(\d{4})-\d{2}-\d{2}|\d{2}/\d{2}/(\d{4})")
_COLUMN = re.compile(r"[A-Z]+_[CP](?P<year>\d{2})_\w+")


@cache
def read_period(text: str, form: str) -> Period:
    """A period written as `form` says. Raises ValueError.

    year: 2023; quarter: 2023-T3, T3_2023, 2023Q3, `3e trimestre 2023` in three languages; date_year: a day,
    2023-01-01 or 01/01/2023, that stands for its year; school_year: 2022-2023 or 2022/23, the year it
    ends in, as for Eurostat; column_year: NBFLUX_C21_ACTOCC15P, a column of a French census.
    """
    cleaned = " ".join(text.split())
    if form == "quarter":
        for pattern in _QUARTERS:
            if found := pattern.fullmatch(cleaned):
                quarter = int(found["quarter"])
                return Period(f"{found['year']}-Q{quarter}", date(int(found["year"]), 3 * quarter - 2, 1))
    elif year := _year(cleaned, form):
        return Period(f"{year:04}", date(year, 1, 1))
    raise ValueError(f"period {text!r} is not written as a {form.replace('_', ' ')}")


def _year(text: str, form: str) -> int | None:
    if form == "year" and _YEAR.fullmatch(text):
        return int(text)
    if form == "date_year" and (day := _DATE.fullmatch(text)):
        return int(day[1] or day[2])
    if form == "school_year" and (found := _SCHOOL_YEAR.fullmatch(text)):
        end = int(found["begin"]) + 1
        return end if str(end).endswith(found["end"]) else None
    if form == "column_year" and (column := _COLUMN.fullmatch(text)):
        return 2000 + int(column["year"])
    return None


NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")


def read_number(text: str) -> float:
    """A published number with a decimal point; NaN for an empty text: missing. Raises ValueError."""
    if not text:
        return math.nan
    if not NUMBER.fullmatch(text):
        raise ValueError(f"value {text!r} is not a number")
    return float(text)


class Standing(Enum):
    """How a provider's code stands to our territories."""

    CURRENT = "current"  # the code in force of one territory
    FORMER = "former"  # a code of an older edition: its figures may be carried to a territory
    NOT_A_TERRITORY = "not_a_territory"  # overseas remainder, total of a union, upper level of a register
    OUTSIDE_SCOPE = "outside_scope"  # a place in a country we do not hold


@dataclass(frozen=True)
class Place:
    """A provider's code, understood. `territory_id` is None unless the code is the current one."""

    code: str
    standing: Standing
    territory_id: str | None = None


# Codes that a column of places may hold though they name no territory of that scheme.
_NOT_A_TERRITORY: Mapping[str, re.Pattern[str]] = {
    # Z: outside any region (embassies, platforms); X: of unknown region; DE_TOT, EU27_2020: totals.
    "NUTS": re.compile(r"[A-Z]{2}(Z{1,3}|X{1,3})|.*_.*|(EU|EA|EEA|EFTA)\d*"),
    # Arrondissement, province, region or the country; what be.STAT gives no municipality for.
    "REFNIS": re.compile(r"\d{2}000|total|unknown"),
    # At work in France; another municipality abroad or none.
    "INSEE_FOREIGN": re.compile(r"99999|ZZZZZ"),
}
# How a code of the scheme is written, and the part of it that says whether we hold its surroundings.
_FORMS: Mapping[str, re.Pattern[str]] = {
    "NUTS": re.compile(r"([A-Z]{2})\w{0,3}"),  # the country
    # The department. Of four characters it would be that of another one: a zero is lost in front.
    "COG": re.compile(r"(?=.{5}$)(97\d|2[AB]|\d{2})\d{2,3}"),
    "REFNIS": re.compile(r"\d{5}()"),
}


def surroundings(scheme: str, code: str) -> str | None:
    """The part of a code that names what lies around it, empty where none does; None: it is no such code."""
    pattern = _FORMS.get(scheme)
    found = pattern.fullmatch(code) if pattern else None
    return found[1] if found else None


class _Scheme:
    """The codes of one scheme, out of its rows of correspondence.csv."""

    def __init__(self, rows: pd.DataFrame) -> None:
        is_whole = rows["share"] >= WHOLE
        self.current = _territories(rows[is_whole & (rows["vintage"] == CURRENT)])
        self.whole = _territories(rows[is_whole].sort_values("vintage", kind="stable"))
        self.known = frozenset(rows["code"].tolist())


def _territories(rows: pd.DataFrame) -> dict[str, str]:
    """The territory of each code; of a code that occurs twice, the last."""
    return dict(zip(rows["code"].tolist(), rows["territory_id"].tolist(), strict=True))


class Places:
    """Every code a provider may use, read from correspondence.csv and territory.csv."""

    def __init__(
        self,
        correspondence: pd.DataFrame,
        levels: Mapping[str, str],
        parents: Mapping[str, str],
        countries: frozenset[str],
    ) -> None:
        self._correspondence = correspondence
        self._levels = levels
        self._parents = parents
        self._countries = countries
        self._schemes: dict[str, _Scheme] = {}  # those that were asked for

    @classmethod
    def load(cls, folder: Path = TERRITORIES) -> Places:
        correspondence = pd.read_csv(folder / "correspondence.csv", dtype="str", keep_default_na=False)
        known = ["territory_id", "level", "country", "parent_id"]
        territory = pd.read_csv(folder / "territory.csv", dtype="str", keep_default_na=False, usecols=known)
        names = territory["territory_id"].tolist()
        return cls(
            correspondence.astype({"share": "float64"}),
            dict(zip(names, territory["level"].tolist(), strict=True)),
            dict(zip(names, territory["parent_id"].tolist(), strict=True)),
            frozenset(territory.loc[territory["level"] != "country", "country"].unique()) - {""},
        )

    def _scheme(self, name: str) -> _Scheme:
        """Raises WrongRequest when there is none of this name."""
        if name not in self._schemes:
            rows = self._correspondence[self._correspondence["scheme"] == name]
            if rows.empty:
                known = sorted(self._correspondence["scheme"].unique())
                raise WrongRequest(f"scheme of codes {name!r} is unknown", f"use one of {known}")
            self._schemes[name] = _Scheme(rows)
        return self._schemes[name]

    @cached_property
    def _departments(self) -> frozenset[str]:
        """Of today: a former code may be of a department that its place left."""
        parts = (surroundings("COG", code) for code in self._scheme("COG").current)
        return frozenset(part for part in parts if part)

    def resolve(self, scheme: str, code: str) -> Place:
        """What a code of a scheme stands for. Raises WrongRequest when scheme or code is unknown."""
        codes = self._scheme(scheme)
        if territory_id := codes.current.get(code):
            return Place(code, Standing.CURRENT, territory_id)
        if code in codes.known:
            return Place(code, Standing.FORMER)
        pattern = _NOT_A_TERRITORY.get(scheme)
        if pattern and pattern.fullmatch(code):
            return Place(code, Standing.NOT_A_TERRITORY)
        around = surroundings(scheme, code)
        if around and around not in (self._countries if scheme == "NUTS" else self._departments):
            return Place(code, Standing.OUTSIDE_SCOPE)
        raise WrongRequest(
            f"territory code {code!r} of {scheme} is unknown",
            "add it to warehouse/territories/correspondence.csv, or leave it out with [places] keep",
        )

    def today(self, scheme: str, code: str) -> str | None:
        """The territory of today that a code of whatever edition lies in; None: in several, or in none.

        Several codes may lie in one: their figures are added up. Raises WrongRequest as `resolve`.
        """
        place = self.resolve(scheme, code)
        return place.territory_id or self._scheme(scheme).whole.get(code)

    def knows(self, scheme: str, code: str) -> bool:
        """Whether an edition of the scheme that we hold has the code. Raises WrongRequest: no such scheme."""
        return code in self._scheme(scheme).known

    def with_codes(self, correspondence: pd.DataFrame) -> Places:
        """The same with more codes, in the columns of correspondence.csv."""
        known = pd.concat([self._correspondence, correspondence], ignore_index=True)
        return Places(known, self._levels, self._parents, self._countries)

    def level(self, territory_id: str) -> str:
        """country, nuts1 … area: the level of one of our territories."""
        return self._levels[territory_id]

    def parent(self, territory_id: str) -> str | None:
        """The next larger territory that holds one of ours."""
        return self._parents[territory_id] or None

    def former_parts(self, scheme: str) -> pd.DataFrame:
        """Which codes of each older edition make up each territory: code, vintage, territory_id, share.

        Shares below NOISE are left out: they are the width of a drawn line, not land.
        """
        rows = self._correspondence
        is_part = (rows["scheme"] == scheme) & (rows["vintage"] != CURRENT) & (rows["share"] > NOISE)
        return rows.loc[is_part, ["code", "vintage", "territory_id", "share"]]
