"""One search over all that the documents say, and the indicators; accents, case and plurals forgiven."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas

from warehouse import store
from warehouse.queries import catalogue
from warehouse.result import LANGUAGES, Language, Result, distinct

SYNONYMS = Path(__file__).with_name("synonyms.toml")

# What can be found, by kind in this order. `about_*` and `also` are searched and not shown: definitions,
# official titles, territories in their language, what is printed beside an action in any.
FINDABLE = """
WITH listed AS (
    SELECT idea_id, string_agg(name_fr, ' ') AS fr, string_agg(name_nl, ' ') AS nl,
           string_agg(name_en, ' ') AS en
    FROM idea_territory JOIN territory ON territory_id = area_id
    GROUP BY idea_id
)
SELECT 'theme' AS kind, theme_id AS id, NULL AS code, label_fr, label_nl, label_en,
       NULL AS about_fr, NULL AS about_nl, NULL AS about_en, NULL AS also,
       'rencontres_themes' AS dataset_id, 1 AS kind_rank, 0 AS rank
FROM theme
UNION ALL
SELECT 'idea', i.idea_id, NULL, i.problem_fr, i.problem_nl, i.problem_en,
       concat_ws(' ', t.label_fr, l.fr), concat_ws(' ', t.label_nl, l.nl), concat_ws(' ', t.label_en, l.en),
       NULL, i.dataset_id, 2, i.rank
FROM idea AS i JOIN theme AS t USING (theme_id) LEFT JOIN listed AS l USING (idea_id)
UNION ALL
SELECT 'suggestion', idea_id, NULL, text_fr, text_nl, text_en, NULL, NULL, NULL, NULL, dataset_id, 3, line
FROM idea_suggestion
UNION ALL
SELECT 'statement', theme_id, NULL, text_fr, text_nl, text_en, NULL, NULL, NULL, NULL, dataset_id, 4, line
FROM objective_stated
UNION ALL
SELECT 'objective', objective_id, code, label_fr, label_nl, label_en, title, NULL, NULL, NULL,
       dataset_id, 5, rank
FROM objective
UNION ALL
SELECT 'action', action_id, code, label_fr, label_nl, label_en, title, NULL, NULL,
       concat_ws(' ', border, qualifiers), dataset_id, 6, rank
FROM action
UNION ALL
SELECT 'item', item_id, NULL, label_fr, label_nl, label_en, d.title_fr, d.title_nl, d.title_en,
       concat_ws(' ', printed, border), s.dataset_id, 7, rank
FROM strategy_item AS s
LEFT JOIN dataset AS d ON d.dataset_id = s.dataset_id AND s.kind IN ('table', 'tool', 'site')
WHERE s.kind <> 'attachment'
UNION ALL
SELECT 'indicator', indicator_id, NULL, label_fr, label_nl, label_en,
       description_fr, description_nl, description_en, NULL, dataset_id, 8, coalesce(headline, 99)
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
    """A row that can be found in one language: the words of its label, and all the words that lead to it."""

    row: dict[str, Any]
    label: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class _Index:
    """Of one language. `vocabulary` is every word, sorted: words of one beginning are neighbours."""

    entries: tuple[_Entry, ...]
    vocabulary: tuple[str, ...]
    synonyms: Mapping[str, tuple[str, ...]]

    def meanings(self, word: str) -> frozenset[str]:
        """The words there are that a reader may mean: those that begin so, and those of its synonyms."""
        of = (word, *self.synonyms.get(word, ()))
        return frozenset[str]().union(*map(self._beginning_with, of))

    def _beginning_with(self, word: str) -> frozenset[str]:
        first = bisect_left(self.vocabulary, word)
        last = bisect_left(self.vocabulary, word + "\uffff", lo=first)
        found = frozenset(self.vocabulary[first:last])
        return found if len(word) > SHORT else found & {word}


def search(text: str, language: Language = "fr") -> Result:
    """What is called like every word of `text`, the best first; empty for a text without a word to seek.

    Words are those of `language`; where it has none that answer, those of the others. A word may be the
    beginning of another; a code is sought as printed: 6.1. Columns: kind (theme | idea | suggestion |
    statement | objective | action | item | indicator), id (of a suggestion its idea, of a statement its
    theme), code, label_fr, label_nl, label_en.
    """
    others = (each for each in LANGUAGES if each != language)
    found = next((rows for each in (language, *others) if (rows := _found(text, _index(each)))), [])
    frame = pandas.DataFrame(found, columns=list(SHOWN))
    named = set(frame.loc[frame["kind"] == "indicator", "id"])
    shown = catalogue.result(frame, (each for each in catalogue.indicators() if each.indicator_id in named))
    own = catalogue.sources(sorted(frame["dataset_id"].unique()))
    return Result(frame, shown.indicators, distinct((*own, *shown.sources)), shown.caveats)


def _found(text: str, index: _Index) -> list[dict[str, Any]]:
    sought = frozenset(words(text))
    meant = [index.meanings(word) for word in sought]
    graded = [
        (_grade(sought, meant, entry), entry) for entry in index.entries if _answers(meant, entry.words)
    ]
    graded.sort(key=lambda pair: pair[0], reverse=True)  # stable: equals keep the order of FINDABLE
    return [entry.row for _, entry in graded]


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
    """How well an entry answers: 3 by its whole label, 2 by words of it, 1 by what they may mean, else 0."""
    if sought == entry.label:
        return 3
    if sought <= entry.label:
        return 2
    return int(_answers(meant, entry.label))


@store.remembered
def _index(language: Language) -> _Index:
    entries = tuple(_entry(row, language) for row in store.query(FINDABLE).to_dict("records"))
    vocabulary = sorted(frozenset[str]().union(*(entry.words for entry in entries)))
    said = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))[language]
    synonyms = {one: words(others) for name, others in said.items() for one in words(name)}
    return _Index(entries, tuple(vocabulary), synonyms)


def _entry(row: dict[str, Any], language: Language) -> _Entry:
    label = frozenset(words(row[f"label_{language}"]))
    others = (row[name] for name in ("code", f"about_{language}", "also"))
    unseen = words(" ".join(text for text in others if isinstance(text, str)))
    return _Entry({name: row[name] for name in SHOWN}, label, label.union(unseen))
