"""The two ends of a row of a census file: the municipality of residence, and where its people work."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from etl.declaration import FlowRule
from etl.errors import WrongRequest
from etl.harmonise import Places, surroundings


@dataclass(frozen=True)
class Residence:
    """`territory_id` is the municipality where we hold it, else what holds it or None.

    `within_id` is the territory that holds it: the department or the arrondissement.
    """

    code: str
    territory_id: str | None
    within_id: str | None


@dataclass(frozen=True)
class Workplace:
    """`kind` is inside (the country of residence), unstated, abroad or abroad_unnamed.

    `territory_id` is None for all but abroad.
    """

    code: str
    kind: str
    territory_id: str | None = None


def residence(places: Places, scheme: str, rule: FlowRule, code: str) -> Residence:
    """Raises WrongRequest for a code that is none, or is of surroundings of ours but of no edition."""
    part = surroundings(scheme, code)
    if part is None:
        raise WrongRequest(f"{code!r} is not a code of {scheme}", "correct [reader] or [places]")
    own = places.today(scheme, code)
    if own is not None:
        return Residence(code, own, places.parent(own))
    within = places.today(rule.around, part) if rule.around else None
    return Residence(code, within, within)


def workplace(places: Places, scheme: str, rule: FlowRule, code: str) -> Workplace:
    """What the first filled in column of where people work says. Raises WrongRequest for what says nothing.

    `scheme` is that of the residences.
    """
    for kind, texts in (("unstated", rule.unstated), ("abroad_unnamed", rule.unnamed)):
        if code in texts:
            return Workplace(code, kind)
    if code in rule.inside or surroundings(scheme, code) is not None:
        return Workplace(code, "inside")
    if country := _country(rule, code):
        return Workplace(code, "abroad", _listed(places, rule, code) or country)
    if rule.elsewhere:
        return Workplace(code, "abroad_unnamed")
    raise WrongRequest(
        f"{code!r} is no place of work that the declaration knows", "add it to `countries` in [flow]"
    )


def _country(rule: FlowRule, code: str) -> str | None:
    fitting = (country for pattern, country in rule.countries.items() if fnmatchcase(code, pattern))
    return next(fitting, None)


def _listed(places: Places, rule: FlowRule, code: str) -> str | None:
    """The place of a code of the list, which grows with its editions: one that it lacks has its country."""
    try:
        return places.today(rule.abroad, code) if rule.abroad else None
    except WrongRequest:
        return None
