"""One search over themes, objectives, actions, ideas and indicators; accents, case and plurals forgiven."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas

from warehouse import store
from warehouse.queries import catalogue
from warehouse.result import LANGUAGES, Result, distinct

# What can be found, by kind in this order. `also` is searched and not shown: official titles, definitions.
FINDABLE = """
SELECT 'theme' AS kind, theme_id AS id, NULL AS code, label_fr, label_nl, label_en, '' AS also,
       'rencontres_themes' AS dataset_id, 1 AS kind_rank, 0 AS rank
FROM theme
UNION ALL
SELECT 'idea', i.idea_id, NULL, i.problem_fr, i.problem_nl, i.problem_en,
       concat_ws(' ', t.label_fr, t.label_nl, t.label_en), i.dataset_id, 2, i.rank
FROM idea AS i JOIN theme AS t USING (theme_id)
UNION ALL
SELECT 'objective', objective_id, code, label_fr, label_nl, label_en, coalesce(title, ''), dataset_id, 3, rank
FROM objective
UNION ALL
SELECT 'action', action_id, code, label_fr, label_nl, label_en, concat_ws(' ', title, border, qualifiers),
       dataset_id, 4, rank
FROM action
UNION ALL
SELECT 'indicator', indicator_id, NULL, label_fr, label_nl, label_en,
       concat_ws(' ', description_fr, description_nl, description_en), dataset_id, 5, coalesce(headline, 99)
FROM indicator
ORDER BY kind_rank, rank, label_fr
"""

SHOWN = ("kind", "id", "code", "label_fr", "label_nl", "label_en", "dataset_id")

# Words too common to be sought, in the three languages.
COMMON = frozenset(
    word
    for language in (
        "a au aux d de des du en et l la le les ou par pour sur un une",
        "aan de een en het in met of op te van voor",
        "and for in of on or the to with",
    )
    for word in language.split()
)
SHORT = 2  # letters: "be" is a country, and the beginning of too many words
WORD = re.compile(r"\d+(?:[.-]\d+)*|[^\W\d_]+")


@dataclass(frozen=True)
class _Entry:
    """A row that can be found: the words of each of its labels, and all the words that lead to it."""

    row: dict[str, Any]
    labels: tuple[frozenset[str], ...]
    words: frozenset[str]


@dataclass(frozen=True)
class _Index:
    """`vocabulary` is every word of every entry, sorted: words of one beginning are neighbours."""

    entries: tuple[_Entry, ...]
    vocabulary: tuple[str, ...]

    def beginning_with(self, word: str) -> frozenset[str]:
        first = bisect_left(self.vocabulary, word)
        last = bisect_left(self.vocabulary, word + "\uffff", lo=first)
        found = frozenset(self.vocabulary[first:last])
        return found if len(word) > SHORT else found & {word}


def search(text: str) -> Result:
    """What is called like every word of `text`, the best first; empty for a text without a word to seek.

    Columns: kind (theme | idea | objective | action | indicator), id, code, label_fr, label_nl, label_en. A
    word may be the beginning of another; a code is sought as printed: 6.1.
    """
    index = _index()
    sought = frozenset(words(text))
    meant = [index.beginning_with(word) for word in sought]
    graded = [
        (_grade(sought, meant, entry), entry) for entry in index.entries if _answers(meant, entry.words)
    ]
    graded.sort(key=lambda pair: pair[0], reverse=True)  # stable: equals keep the order of FINDABLE
    frame = pandas.DataFrame([entry.row for _, entry in graded], columns=list(SHOWN))
    named = set(frame.loc[frame["kind"] == "indicator", "id"])
    found = catalogue.result(frame, (each for each in catalogue.indicators() if each.indicator_id in named))
    own = catalogue.sources(sorted(frame["dataset_id"].unique()))
    return Result(frame, found.indicators, distinct((*own, *found.sources)), found.caveats)


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without accents, case and plural, common ones left out."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("œ", "oe")
    return tuple(_singular(word) for word in WORD.findall(letters) if word not in COMMON)


def _singular(word: str) -> str:
    """One form for singular and plural in French, Dutch and English: not a stem a linguist would give."""
    if len(word) > 4 and word.endswith("aux") and not word.endswith("eaux"):
        word = word[:-3] + "al"  # transfrontaliers locaux, local
    elif len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
    elif len(word) > 6 and word.endswith("en"):
        word = word[:-2]  # verbindingen, verbinding
    if len(word) > 3 and word.endswith(("ie", "y")):
        word = word.removesuffix("ie").removesuffix("y") + "i"  # strategies, strategy
    return word


def _answers(meant: Collection[frozenset[str]], there: frozenset[str]) -> bool:
    """Whether each word sought, in one of its meanings, is there; nothing answers an empty question."""
    return bool(meant) and not any(meanings.isdisjoint(there) for meanings in meant)


def _grade(sought: frozenset[str], meant: Collection[frozenset[str]], entry: _Entry) -> int:
    """How well an entry answers: 3 by its whole label, 2 by words of it, 1 by beginnings of them, else 0."""
    if sought in entry.labels:
        return 3
    if any(sought <= label for label in entry.labels):
        return 2
    return int(any(_answers(meant, label) for label in entry.labels))


@store.remembered
def _index() -> _Index:
    entries = tuple(_entry(row) for row in store.query(FINDABLE).to_dict("records"))
    return _Index(entries, tuple(sorted(frozenset[str]().union(*(entry.words for entry in entries)))))


def _entry(row: dict[str, Any]) -> _Entry:
    labels = tuple(frozenset(words(row[f"label_{language}"])) for language in LANGUAGES)
    others = words(f"{row['code'] or ''} {row['also']}")
    return _Entry({name: row[name] for name in SHOWN}, labels, frozenset().union(*labels, others))
