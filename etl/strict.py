"""TOML read key by key: a key that is missing, of another type or unknown is an error that names it."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from etl.errors import DoesNotExist, WrongRequest
from warehouse.result import LANGUAGES, Text

Value = TypeVar("Value")


class Table:
    """One table of a TOML file. Take every key that has a meaning, then `close`: the rest is an error.

    `path` is the dotted key of the table in its file, empty for the file itself.
    All methods raise WrongRequest.
    """

    def __init__(self, values: Mapping[str, Any], file: Path, path: str = "") -> None:
        self._values = values
        self._file = file
        self._path = path
        self._known: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def key(self, name: str) -> str:
        """The dotted name of a key, as an error message shows it."""
        return f"{self._path}.{name}" if self._path else name

    def fail(self, name: str, problem: str, remedy: str) -> NoReturn:
        """Raise WrongRequest about one key of this table."""
        raise WrongRequest(f"key `{self.key(name)}` {problem}", remedy, file=str(self._file))

    def text(self, name: str) -> str:
        """A text that is not empty."""
        value = self._take(name, str, "a text")
        if not value.strip():
            self.fail(name, "is empty", "write its value")
        return value

    def plain_text(self, name: str) -> str:
        """A text that may be empty."""
        return self._take(name, str, "a text")

    def text_or(self, name: str, default: str) -> str:
        return self.text(name) if name in self else self._absent(name, default)

    def text_or_none(self, name: str) -> str | None:
        return self.text(name) if name in self else self._absent(name, None)

    def one_of(self, name: str, allowed: Iterable[str], default: str | None = None) -> str:
        """A text out of a closed list."""
        value = self.text(name) if default is None else self.text_or(name, default)
        choices = sorted(allowed)
        if value not in choices:
            self.fail(name, f"is {value!r}, which is unknown{_hint(value, choices)}", f"use one of {choices}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one. Empty when the key is absent."""
        if name not in self:
            return self._absent(name, ())
        value = self._values[name]
        self._known.add(name)
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self.fail(name, "is not a list of texts", 'write ["…", "…"]')
        return tuple(items)

    def number_or_none(self, name: str) -> float | None:
        """A number, whole or not."""
        if name not in self:
            return self._absent(name, None)
        value = self._values[name]
        self._known.add(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(name, f"is {value!r}, not a number", "write a number without quotes")
        return float(value)

    def integer(self, name: str) -> int:
        return self._take(name, int, "a whole number without quotes")

    def integer_or_none(self, name: str) -> int | None:
        return self.integer(name) if name in self else self._absent(name, None)

    def flag(self, name: str) -> bool:
        """True or false, false when absent."""
        return self._take(name, bool, "true or false") if name in self else self._absent(name, False)

    def day_or_none(self, name: str) -> date | None:
        return self._take(name, date, "a date, 2026-04-09") if name in self else self._absent(name, None)

    def words(self, name: str) -> Text:
        """A table of the three languages, all there."""
        table = self.table(name)
        text = table.languages()
        table.close()
        return text

    def languages(self) -> Text:
        """The three languages, as keys of this very table."""
        return Text(**{language: self.text(language) for language in LANGUAGES})

    def same_or_languages(self, name: str) -> Text:
        """One text for the three languages, which may be empty, or a table with a text for each."""
        if isinstance(self._values.get(name), dict):
            return self.words(name)
        return Text(**dict.fromkeys(LANGUAGES, self.plain_text(name)))

    def table(self, name: str) -> Table:
        """A table below this one; the caller closes it."""
        return Table(self._take(name, dict, "a table"), self._file, self.key(name))

    def table_or_none(self, name: str) -> Table | None:
        return self.table(name) if name in self else self._absent(name, None)

    def tables(self, name: str) -> list[Table]:
        """An array of tables, `[[name]]`; empty when absent. An error calls the second one `name[1]`."""
        if name not in self:
            return self._absent(name, [])
        values = self._take(name, list, f"written as [[{name}]]")
        return [Table(value, self._file, self.key(f"{name}[{index}]")) for index, value in enumerate(values)]

    def every_table(self) -> Iterable[tuple[str, Table]]:
        """All keys of this table with the table each holds."""
        return [(name, self.table(name)) for name in self._values]

    def mapping(self) -> dict[str, Any]:
        """Everything as it stands, for a part whose keys another module knows and checks."""
        self._known.update(self._values)
        return dict(self._values)

    def close(self) -> None:
        """Raise WrongRequest about the first key nobody took."""
        for name in self._values:
            if name not in self._known:
                hint = _hint(name, sorted(self._known))
                self.fail(name, f"is unknown{hint}", f"remove it, or use one of {sorted(self._known)}")

    def _take(self, name: str, kind: type[Value], expected: str) -> Value:
        if name not in self._values:
            self.fail(name, "is missing", f"write it: {expected}")
        value = self._values[name]
        self._known.add(name)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fail(name, f"is {value!r}", f"write {expected}")
        return value

    def _absent(self, name: str, default: Value) -> Value:
        self._known.add(name)
        return default


def read_table(file: Path) -> Table:
    """The whole of a TOML file. Raises DoesNotExist and WrongRequest."""
    try:
        return Table(tomllib.loads(file.read_text(encoding="utf-8")), file)
    except FileNotFoundError:
        raise DoesNotExist("it is not there", "write it or restore it", file=str(file)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongRequest(f"this is not TOML: {error}", "mend the line it names", file=str(file)) from None


def _hint(value: str, choices: list[str]) -> str:
    close = difflib.get_close_matches(value, choices, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
