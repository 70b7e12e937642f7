"""Every sentence exists in three languages, every key asked for exists, and French is set as French."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from pages.components.words import DEFAULT_LANGUAGE, dictionary, speak
from tests.figures import indicator
from warehouse import store
from warehouse.queries import catalogue, coverage, key_figures, meetings, observations, places
from warehouse.result import LANGUAGES, Text

PAGES = Path(__file__).resolve().parents[2] / "pages"
FRENCH = dictionary("fr")
NARROW = "\u202f"
NO_BREAK = "\u00a0"

on_real_figures = pytest.mark.usefixtures("warehouse")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_three_languages_have_the_same_keys(language: str) -> None:
    assert set(dictionary(speak(language).language)) == set(FRENCH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_asks_for_the_same_values_in_every_language(language: str) -> None:
    own = dictionary(speak(language).language)
    asked = {key: _placeholders(text) for key, text in FRENCH.items() if key in own}
    assert {key: _placeholders(own[key]) for key in asked} == asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    assert [key for key, text in dictionary(speak(language).language).items() if not text.strip()] == []


# Words that are spelt alike: names, abbreviations, loanwords.
SPELT_ALIKE = re.compile(r"(app\.name|filter\.type_|kind\.|level\.|number\.|menu\.|column\.|view\.|side\.)")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_sentence_is_translated_not_copied(language: str) -> None:
    own = dictionary(speak(language).language)
    sentences = {
        key
        for key, text in FRENCH.items()
        if len(re.sub(r"\{\w+\}", "", text).split()) > 3 and not SPELT_ALIKE.match(key)
    }
    assert sorted(key for key in sentences & set(own) if own[key] == FRENCH[key]) == []


def test_an_unknown_language_speaks_french() -> None:
    assert speak("xx").language == DEFAULT_LANGUAGE == "fr"


# --- keys that the code asks for -------------------------------------------------------------------


def _first_arguments() -> Iterator[tuple[str, ast.expr]]:
    """Where, and the first argument, of each `words("…")`, `context.words("…")` and `words.count("…")`."""
    for file in sorted(PAGES.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _speaks(node.func):
                counted = isinstance(node.func, ast.Attribute) and node.func.attr == "count"
                for branch in _branches(node.args[0]):
                    for form in ("_one", "_many") if counted else ("",):
                        yield f"{file.name}:{node.lineno}", _with_ending(branch, form)


def _speaks(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "words"
    if not isinstance(function, ast.Attribute):
        return False
    if function.attr == "count":
        return _speaks(function.value)
    return function.attr == "words"


def _branches(key: ast.expr) -> Iterator[ast.expr]:
    if isinstance(key, ast.IfExp):
        yield from _branches(key.body)
        yield from _branches(key.orelse)
    else:
        yield key


def _with_ending(key: ast.expr, ending: str) -> ast.expr:
    parts = key.values if isinstance(key, ast.JoinedStr) else [key]
    return ast.JoinedStr([*parts, ast.Constant(ending)])


def _pattern(key: ast.expr) -> str | None:
    """`f"state.{x}"` as a pattern of keys; None for a variable, whose families are listed below."""
    assert isinstance(key, ast.JoinedStr)
    written = ""
    for part in key.values:
        if isinstance(part, ast.Constant):
            written += re.escape(str(part.value))
        elif isinstance(part, ast.FormattedValue):
            written += r"\w+"
        elif isinstance(part, ast.BinOp) and isinstance(part.left, ast.Constant):
            written += re.escape(str(part.left.value)) + r"\w+"
        else:
            return None
    return written


ASKED = {(where, pattern) for where, key in _first_arguments() if (pattern := _pattern(key)) is not None}


def test_the_scan_sees_the_keys_of_every_page() -> None:
    assert len(ASKED) > 100
    seen = {where.split(":")[0] for where, _ in ASKED}
    assert seen >= {"frame.py", "employment.py", "meetings.py", "method.py", "view.py", "findings.py"}


def test_every_key_a_page_asks_for_exists() -> None:
    unknown = [
        (where, pattern)
        for where, pattern in sorted(ASKED)
        if not any(re.fullmatch(pattern, key) for key in FRENCH)
    ]
    assert unknown == []


def _enum(name: str) -> list[str]:
    values = store.query("SELECT unnest(enum_range(CAST(NULL AS " + name + "))) AS value")["value"]
    return [str(value) for value in values]


def _families() -> dict[str, list[str]]:
    """Each family of keys that the code completes with a value, and all the values there are."""
    levels = sorted({*key_figures.LEVELS_OF_A_RANGE, *observations.FINEST_FIRST})
    matrix, rejected, datasets = (
        coverage.by_border().frame,
        catalogue.rejected().frame,
        catalogue.datasets().frame,
    )
    named = {f"{level}_{country}" for level, country in zip(matrix["level"], matrix["country"], strict=True)}
    objectives = store.query("SELECT DISTINCT kind FROM objective_stated")["kind"]
    return {
        "state.": ["value", "zero", "missing", "confidential", "not_observed", "not_loaded", "no_side"],
        "status.": [letter for letter in _enum("obs_status") if letter != "A"],
        "origin.": _enum("data_origin"),
        "level.": sorted({*levels, *matrix["level"]}),
        "level._one": levels,
        "level._many": levels,
        "theme.": sorted({item.theme for item in catalogue.indicators()}),
        "reason.": sorted(set(rejected["reason"])),
        "frequency.": sorted(set(datasets["frequency"])),
        "period.q": ["1", "2", "3", "4"],
        "kind.": sorted(named | {f"{item.level}_{item.country or 'X'}" for item in places.choices()}),
        "coverage.": [f"{state}_why" for state in sorted(set(matrix["state"]))],
        "meetings.": sorted({"local_priority", "expected_of_mot", *objectives}),
        "across.": coverage.borders(),
        "mobility.mode_": sorted(set(meetings.missing_links().frame["mode"])),
        "mobility.wanted_": sorted(set(meetings.missing_links().frame["wanted"])),
        "flow.": ["about", "rounded"],
    }


@on_real_figures
def test_every_value_there_is_has_its_word() -> None:
    missing = []
    for family, values in _families().items():
        before, _, after = family.partition("._")
        for value in values:
            key = f"{before}.{value}_{after}" if after else f"{family}{value}"
            if key not in FRENCH:
                missing.append(key)
    assert missing == []


# --- French typography -----------------------------------------------------------------------------


def _faults(text: str) -> list[str]:
    """What a French typesetter would mark: `mot?`, `mot ?` with a breaking space, `«mot`, `l'an`, `...`."""
    bare = re.sub(r"https?://\S+|\*\*|\{[^}]*\}", "x", text)
    faults = re.findall(r"[^\u202f\s?!…][:;?!%»]|[ \u00a0][:;?!%»]|«[^\u202f]", bare)
    faults += re.findall(r"\w'\w|\.\.\.", bare)
    return faults


@pytest.mark.parametrize(
    "fault", ["Pourquoi ?", "Pourquoi?", "50 %", "«mot\u202f»", "l'an", "et...", "a\u00a0: b"]
)
def test_the_typesetter_sees_a_fault(fault: str) -> None:
    assert _faults(fault) != []


def test_the_typesetter_lets_good_french_pass() -> None:
    good = "Lien\u202f: «\u202fl’adresse\u202f», 9,0\u202f%\u202f; pourquoi\u202f? https://a.b/c?d=1"
    assert _faults(good) == []


def test_french_sentences_are_set_as_french() -> None:
    faulty = {key: _faults(text) for key, text in FRENCH.items() if key != "number.colon"}
    assert {key: found for key, found in faulty.items() if found} == {}
    assert FRENCH["number.colon"] == f"{NARROW}:"


@on_real_figures
def test_what_the_declarations_say_in_french_is_set_as_french() -> None:
    texts: list[Text] = []
    for item in catalogue.indicators():
        texts += [item.label, item.description, item.unit]
    texts += [source.title for source in catalogue.sources()]
    texts += [caveat.text for caveat in catalogue.caveats()]
    said = [text.fr for text in texts]
    said += list(store.query("SELECT DISTINCT label_fr FROM theme")["label_fr"])
    said += list(store.query("SELECT DISTINCT text_fr FROM objective_stated")["text_fr"])
    assert {text: _faults(text) for text in said if _faults(text)} == {}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_other_languages_put_no_space_before_a_stop(language: str) -> None:
    own = dictionary(speak(language).language)
    assert {key: text for key, text in own.items() if re.search(r"[\s\u202f\u00a0][:;?!]", text)} == {}


# --- numbers ---------------------------------------------------------------------------------------


def test_numbers_are_written_as_each_language_writes_them() -> None:
    written = {language: speak(language).number(12345.6, 1) for language in LANGUAGES}
    assert written == {"fr": f"12{NARROW}345,6", "nl": "12.345,6", "en": "12,345.6"}


def test_decimals_are_those_of_the_indicator_even_when_they_are_zero() -> None:
    words = speak("fr")
    assert words.figure(9.0, indicator(decimals=1, symbol="%")) == f"9,0{NARROW}%"
    assert words.figure(1234.4, indicator(decimals=0, symbol="")) == f"1{NARROW}234"
    assert words.number(-3.26, 1) == "−3,3"


def test_english_sets_the_per_cent_close() -> None:
    percent = indicator(decimals=1, symbol="%")
    assert speak("en").figure(9.0, percent) == "9.0%"
    assert speak("nl").figure(9.0, percent) == f"9,0{NARROW}%"
    assert speak("en").figure(28900, indicator(decimals=0, symbol="€")) == f"28,900{NARROW}€"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (6_796_189, f"6,80{NARROW}M{NARROW}hab."),
        (999_999, f"999{NARROW}999{NARROW}hab."),
        (65_602_374_585.96, f"65,6{NARROW}Md{NARROW}hab."),
    ],
)
def test_a_large_count_is_told_in_millions(value: float, written: str) -> None:
    assert speak("fr").compact(value, indicator(kind="count", decimals=0, symbol="hab.")) == written


def test_a_rate_is_never_shortened() -> None:
    rate = indicator(kind="rate", decimals=0, symbol="€/hab.")
    assert speak("fr").compact(1_234_567, rate) == f"1{NARROW}234{NARROW}567{NARROW}€/hab."


def test_a_quarter_is_told_in_words_and_a_year_is_a_year() -> None:
    words = speak("fr")
    assert words.period("2025") == "2025"
    assert words.period("2023-Q3") == "3ᵉ trimestre 2023"


def test_counts_and_lists_agree_with_their_number() -> None:
    words = speak("fr")
    assert words.count("meetings.votes", 1) == "1 vote"
    assert words.count("meetings.votes", 52) == "52 votes"
    assert words.regions("nuts2", 3) == "3 régions"
    assert [words.listing(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a et b",
        "a, b et c",
    ]
