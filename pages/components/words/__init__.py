"""Everything a reader sees, in fr, nl and en, and the way numbers and dates are written in each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal

from warehouse.result import LANGUAGES, Indicator, Language, Text

DEFAULT_LANGUAGE: Language = "fr"
LOCALES = {"fr": "fr_FR", "nl": "nl_BE", "en": "en_GB"}
NARROW_SPACE = "\u202f"
MINUS = "\u2212"


@cache
def dictionary(language: Language) -> dict[str, str]:
    """The sentences of one language, keyed `section.name`."""
    path = Path(__file__).with_name(f"{language}.toml")
    sections = tomllib.loads(path.read_text(encoding="utf-8"))
    return {f"{section}.{name}": text for section, words in sections.items() for name, text in words.items()}


@dataclass(frozen=True)
class Words:
    """Speaks one language: `words("home.title", low="3,0")`."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        return dictionary(self.language)[key].format(**values)

    def __contains__(self, key: object) -> bool:
        return key in dictionary(self.language)

    def of(self, text: Text) -> str:
        return text[self.language]

    def number(self, value: float, decimals: int = 0) -> str:
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, format=pattern, locale=LOCALES[self.language]).replace("-", MINUS)

    def figure(self, value: float, indicator: Indicator) -> str:
        """A value with its unit's symbol, after a narrow no-break space where the language wants one."""
        written = self.number(value, indicator.decimals)
        return self.with_symbol(written, indicator)

    def with_symbol(self, written: str, indicator: Indicator) -> str:
        symbol = self.of(indicator.symbol)
        if not symbol:
            return written
        gap = "" if self.language == "en" and symbol == "%" else NARROW_SPACE
        return f"{written}{gap}{symbol}"

    def compact(self, value: float, indicator: Indicator) -> str:
        """A large count in millions (6,80 M), anything else as `figure` writes it."""
        if indicator.kind != "rate" and abs(value) >= 1e9:
            return self.with_symbol(
                f"{self.number(value / 1e9, 1)}{NARROW_SPACE}{self('number.billion')}", indicator
            )
        if indicator.kind != "rate" and abs(value) >= 1e6:
            return self.with_symbol(
                f"{self.number(value / 1e6, 2)}{NARROW_SPACE}{self('number.million')}", indicator
            )
        return self.figure(value, indicator)

    def month(self, day: date) -> str:
        """avril 2027."""
        return format_date(day, format="MMMM y", locale=LOCALES[self.language])

    def date(self, day: date) -> str:
        return format_date(day, format="long", locale=LOCALES[self.language])

    def period(self, period: str) -> str:
        """2025 stays; 2023-Q3 becomes 3e trimestre 2023."""
        year, _, quarter = period.partition("-Q")
        return self(f"period.q{quarter}", year=year) if quarter else year

    def regions(self, level: str, count: int) -> str:
        """3 régions NUTS 2; 1 région NUTS 2."""
        return self.count(f"level.{level}", count)

    def count(self, key: str, count: int) -> str:
        """`key`_one or `key`_many with the number in it."""
        return self(f"{key}_{'one' if count == 1 else 'many'}", count=self.number(count))

    def listing(self, items: list[str]) -> str:
        """a, b et c."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self('number.and')} {items[-1]}"


def speak(language: str) -> Words:
    """Words in a language; anything unknown speaks French."""
    known: Language = next((name for name in LANGUAGES if name == language), DEFAULT_LANGUAGE)
    return Words(known)
