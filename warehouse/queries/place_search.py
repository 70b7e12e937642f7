"""A place by its name in any language or a code of any edition; accents, case and hyphens are forgiven."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import islice
from typing import Any, Literal

import pandas

from warehouse import store
from warehouse.queries.places import LEVELS, Presence, Territory, presence, territories
from warehouse.result import Text

# How a place was found: by its name, a code in force, a postal code, a code of an older edition, or by what
# lies around it: of a French commune away from the border we hold the department only.
Matched = Literal["name", "code", "postal_code", "former_code", "surroundings"]
# What came of a search. lapsed_code: a register knew the code once, and no place of today follows it.
Outcome = Literal["found", "lapsed_code", "nothing", "too_short"]

SHORTEST = 2  # letters or digits
KEPT = 20
NEAREST = 5
SLIPS = 3  # letters more or less
CLOSE = 0.7  # of difflib's ratio: 1 is the same word
CODE = re.compile(r"[0-9A-Z]+(-[0-9A-Z]+)*")
DIGIT = re.compile(r"\d")
FRENCH_MUNICIPALITY = re.compile(r"(97\d|2[AB]|\d{2})\d{2,3}")
SAINTS = {"st": "saint", "ste": "sainte"}

NAMES = """
SELECT territory_id, name_fr, name_nl, name_de, name_en, national_code, nuts_id
FROM territory
ORDER BY territory_id
"""

# A code in force, else its newest edition, in every scheme that knows it.
CODES = """
WITH known AS (
    SELECT scheme, code, vintage, territory_id, share,
           bool_or(vintage = 'current') OVER (PARTITION BY scheme, code) AS is_current,
           max(vintage) OVER (PARTITION BY scheme, code) AS newest
    FROM correspondence
    WHERE code = ?
)
SELECT k.scheme, k.code, k.is_current, k.newest, k.territory_id, k.share, l.valid_to, l.name_fr, l.name_nl
FROM known AS k
LEFT JOIN (
    SELECT scheme, code, max(valid_to) AS valid_to, arg_max(name_fr, valid_from) AS name_fr,
           arg_max(coalesce(name_nl, name_fr), valid_from) AS name_nl
    FROM code_list
    GROUP BY ALL
) AS l USING (scheme, code)
WHERE k.vintage = if(k.is_current, 'current', k.newest)
ORDER BY k.share DESC, k.territory_id
"""

POSTAL_CODES = """
SELECT territory_id FROM postal_code WHERE postal_code = ? ORDER BY country DESC, territory_id
"""

# A code of an official register that no edition we can carry knows.
LAPSED = """
SELECT scheme, code, max(valid_to) AS valid_to, arg_max(name_fr, valid_from) AS name_fr,
       arg_max(coalesce(name_nl, name_fr), valid_from) AS name_nl
FROM code_list
WHERE code = ?
GROUP BY ALL
HAVING bool_and(valid_to IS NOT NULL)
"""


@dataclass(frozen=True)
class FormerCode:
    """A code that is no longer in force.

    `valid_to` is its last day, None when the register does not say: then `edition` is the last one that had
    it, None when it is older than all of them. `name` is what it named, None when not told. `share` is the
    part of it (by people) that lies in the place found, 1 for all.
    """

    scheme: str
    code: str
    edition: str | None
    valid_to: date | None
    name: Text | None
    share: float


@dataclass(frozen=True)
class FoundPlace:
    """A place that answers. `within` is the next larger place of another name: it tells homonyms apart.

    `code` is the code in force a reader knows it by (INSEE, REFNIS, BFS, NUTS), None for an area.
    `former` is told when it was found by a code that has lapsed.
    """

    territory: Territory
    within: Text | None
    code: str | None
    matched: Matched
    presence: Presence
    former: FormerCode | None = None


@dataclass(frozen=True)
class PlaceSearch:
    """`places` are the best first, at most `kept` of `total`.

    `lapsed` is a code a register had once and that leads to no place of today, beside what else was found.
    """

    text: str
    outcome: Outcome
    places: tuple[FoundPlace, ...] = ()
    total: int = 0
    lapsed: FormerCode | None = None


@dataclass(frozen=True)
class _Hit:
    """A place that answers, before what is told of it: only the ones kept are told."""

    territory_id: str
    matched: Matched
    former: FormerCode | None = None


@dataclass(frozen=True)
class _Index:
    """`names` are a place's names as they are compared, `by_word` the places that have a word in one of them.

    `vocabulary` is every word, sorted: words of one beginning are neighbours.
    """

    names: dict[str, tuple[str, ...]]
    vocabulary: tuple[str, ...]
    by_word: dict[str, tuple[str, ...]]
    by_code: dict[str, tuple[str, ...]]
    places: dict[str, Territory]
    codes: dict[str, str]
    only_children: frozenset[str]  # places that have their parent's name and all of its extent

    def beginning_with(self, word: str) -> frozenset[str]:
        """The places with a word that begins so."""
        first = bisect_left(self.vocabulary, word)
        last = bisect_left(self.vocabulary, word + "\uffff", lo=first)
        return frozenset(place for found in self.vocabulary[first:last] for place in self.by_word[found])


@store.remembered
def search(text: str, kept: int = KEPT) -> PlaceSearch:
    """Every place the text may mean, the likeliest first: codes before names, whole names before beginnings.

    Places of one name come from large to small. A code in force, postal codes included, stands before a code
    that has lapsed.
    """
    sought = folded(text)
    if len(sought.replace(" ", "")) < SHORTEST:
        return PlaceSearch(text, "too_short")
    index = _index()
    code = text.strip().upper().replace(" ", "")
    is_code = CODE.fullmatch(code) is not None
    hits: dict[str, _Hit] = {}
    for hit in [*(_by_code(index, code) if is_code else ()), *_by_name(index, sought)]:
        hits.setdefault(hit.territory_id, hit)
    is_told = any(hit.former is not None for hit in hits.values())
    lapsed = _lapsed(code) if is_code and DIGIT.search(code) and not is_told else None
    outcome: Outcome = "found" if hits else "nothing" if lapsed is None else "lapsed_code"
    places = tuple(_found(index, hit) for hit in islice(hits.values(), kept))
    return PlaceSearch(text, outcome, places, len(hits), lapsed)


@store.remembered
def nearest(text: str) -> tuple[FoundPlace, ...]:
    """At most NEAREST places spelt much like a name that nothing answers, the likeliest first."""
    sought, index = folded(text), _index()
    spelt: dict[str, str] = {}
    for territory_id, names in index.names.items():
        for name in names:
            # A slip rarely touches the first letter, and never half of the name.
            if name[:1] == sought[:1] and abs(len(name) - len(sought)) <= SLIPS:
                spelt.setdefault(name, territory_id)
    close = get_close_matches(sought, spelt, n=NEAREST, cutoff=CLOSE)
    return tuple(_found(index, _Hit(spelt[name], "name")) for name in close)


def folded(name: str) -> str:
    """A name as it is compared: small letters without accents, words apart by one space, Saint in full."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(SAINTS.get(word, word) for word in re.findall(r"[^\W_]+", letters))


def _by_name(index: _Index, sought: str) -> list[_Hit]:
    meant = frozenset.intersection(*(index.beginning_with(word) for word in sought.split()))
    shown = [index.places[name] for name in meant if name not in index.only_children]
    shown.sort(
        key=lambda place: (
            -_grade(sought, index.names[place.territory_id]),
            LEVELS.index(place.level),
            place.name.fr,
            place.territory_id,
        )
    )
    return [_Hit(place.territory_id, "name") for place in shown]


def _grade(sought: str, names: Sequence[str]) -> int:
    """2: a whole name; 1: the beginning of one; 0: words of one, or beginnings of them."""
    if sought in names:
        return 2
    return int(any(name.startswith(sought) for name in names))


def _by_code(index: _Index, code: str) -> list[_Hit]:
    """Places in force under the code, then those of the postal code, then those of a code that has lapsed."""
    if not DIGIT.search(code):
        return [_Hit(territory_id, "code") for territory_id in index.by_code.get(code, ())]
    rows = store.query(CODES, [code]).to_dict("records")
    current = [*index.by_code.get(code, ()), *(row["territory_id"] for row in rows if row["is_current"])]
    found = [_Hit(territory_id, "code") for territory_id in dict.fromkeys(current)]
    postal = store.query(POSTAL_CODES, [code])["territory_id"]
    found += [_Hit(territory_id, "postal_code") for territory_id in postal]
    found += [_Hit(row["territory_id"], "former_code", _former(row)) for row in rows if not row["is_current"]]
    french = FRENCH_MUNICIPALITY.fullmatch(code)
    if not found and french and len(code) == 5:
        around = [name for name in index.by_code.get(french[1], ()) if index.places[name].level == "nuts3"]
        found = [_Hit(territory_id, "surroundings") for territory_id in around]
    return found


def _found(index: _Index, hit: _Hit) -> FoundPlace:
    place = index.places[hit.territory_id]
    return FoundPlace(
        territory=place,
        within=_within(index, place),
        code=index.codes.get(hit.territory_id),
        matched=hit.matched,
        presence=presence(hit.territory_id),
        former=hit.former,
    )


def _within(index: _Index, place: Territory) -> Text | None:
    larger = place
    while larger.parent_id is not None:
        larger = index.places[larger.parent_id]
        if larger.name != place.name:
            return larger.name
    return None


def _former(row: dict[str, Any]) -> FormerCode:
    oldest = row["scheme"] == "COG" and row["newest"] == "1943"  # from 1943 on: the edition is not known
    return FormerCode(
        scheme=row["scheme"],
        code=row["code"],
        edition=None if oldest else row["newest"],
        valid_to=_day(row["valid_to"]),
        name=_name(row),
        share=float(row["share"]),
    )


def _lapsed(code: str) -> FormerCode | None:
    rows = store.query(LAPSED, [code]).to_dict("records")
    if not rows:
        return None
    row = rows[0]
    return FormerCode(row["scheme"], code, None, _day(row["valid_to"]), _name(row), 0.0)


def _day(value: Any) -> date | None:
    return None if pandas.isna(value) else pandas.Timestamp(value).date()


def _name(row: dict[str, Any]) -> Text | None:
    if pandas.isna(row["name_fr"]):
        return None
    return Text(row["name_fr"], row["name_nl"], row["name_fr"])


@store.remembered
def _index() -> _Index:
    places = {item.territory_id: item for item in territories()}
    rows = store.query(NAMES).fillna("").to_dict("records")
    by_code: dict[str, list[str]] = {}
    codes = {}
    for row in rows:
        own = [row["territory_id"], row["nuts_id"], row["national_code"]]
        for code in dict.fromkeys(code for code in own if code):
            by_code.setdefault(code, []).append(row["territory_id"])
        if shown := row["national_code"] or row["nuts_id"]:
            codes[row["territory_id"]] = shown
    names = {row["territory_id"]: _names(row) for row in rows}
    by_word: dict[str, list[str]] = {}
    for territory_id, own_names in names.items():
        for word in dict.fromkeys(word for name in own_names for word in name.split()):
            by_word.setdefault(word, []).append(territory_id)
    children: dict[str, list[str]] = {}
    for item in places.values():
        children.setdefault(item.parent_id or "", []).append(item.territory_id)
    return _Index(
        names=names,
        vocabulary=tuple(sorted(by_word)),
        by_word={word: tuple(ids) for word, ids in by_word.items()},
        by_code={code: tuple(ids) for code, ids in by_code.items()},
        places=places,
        codes=codes,
        only_children=frozenset(
            only
            for parent, (only, *others) in children.items()
            if parent and not others and places[only].name == places[parent].name
        ),
    )


def _names(row: dict[str, Any]) -> tuple[str, ...]:
    written = dict.fromkeys(row[f"name_{language}"] for language in ("fr", "nl", "de", "en"))
    return tuple(dict.fromkeys(folded(name) for name in written))
