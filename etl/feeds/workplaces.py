"""The two ends of a row of a French census file: the commune of residence, and where its people work."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.errors import WrongRequest
from etl.harmonise import Places

COMMUNES, DEPARTMENTS, ABROAD = "COG", "INSEE_DEP", "INSEE_FOREIGN"
COMMUNE = re.compile(r"(\d{2}|2A|2B)\d{3}")
# How the codes of workplaces abroad begin, which are of Insee's own making and not those of ISO.
COUNTRY_OF_PREFIX = {"AL": "DE", "BE": "BE", "LU": "LU", "SU": "CH", "MO": "MC"}
# Another foreign municipality; abroad, without saying where.
UNNAMED = frozenset({"ZZZZZ", "99999"})


@dataclass(frozen=True)
class Residence:
    """`territory_id` is the commune where we hold those of its department, else the department or None."""

    code: str
    territory_id: str | None
    department_id: str | None


@dataclass(frozen=True)
class Workplace:
    """`kind` is france, abroad or abroad_unnamed; `territory_id` is None for all but abroad."""

    code: str
    kind: str
    territory_id: str | None = None


def residence(places: Places, code: str) -> Residence:
    """Raises WrongRequest for a code that is none, or is of a department of ours but of no edition."""
    if not COMMUNE.fullmatch(code):
        raise WrongRequest(f"{code!r} is not the code of a commune", "correct `columns` in [reader]")
    department_id = places.today(DEPARTMENTS, code[:3] if code.startswith("97") else code[:2])
    return Residence(code, places.today(COMMUNES, code) or department_id, department_id)


def workplace(places: Places, code: str) -> Workplace:
    """Raises WrongRequest for a code that is neither of a commune nor of a country."""
    if code in UNNAMED:
        return Workplace(code, "abroad_unnamed")
    if COMMUNE.fullmatch(code):
        return Workplace(code, "france")
    try:
        return Workplace(code, "abroad", places.today(ABROAD, code))
    except WrongRequest:
        # The list grows with its editions: a municipality it does not have is still in its country.
        if len(code) == 5 and (country := COUNTRY_OF_PREFIX.get(code[:2])):
            return Workplace(code, "abroad", country)
        raise
