"""The [reader] table of a declaration, checked against the options a reader has."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from etl.errors import WrongRequest

Options = TypeVar("Options")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def checked(kind: type[Options], given: Mapping[str, object]) -> Options:
    """`given` as the frozen dataclass `kind`. Raises WrongRequest naming the option at fault."""
    types = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in given.items():
        if key not in types:
            known = ", ".join(types) or "none"
            raise WrongRequest(
                f"[reader] has no option {key!r} for this format", f"use one of its options: {known}"
            )
        values[key] = _typed(key, value, types[key])
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if required and field.name not in values:
            raise WrongRequest(f"[reader] needs the option {field.name!r}", f"add `{field.name}` to [reader]")
    return kind(**values)


def _typed(key: str, value: object, wanted: Any) -> object:
    """TOML gives lists and tables where the options are tuples and mappings of text."""
    if get_origin(wanted) is tuple and isinstance(value, list | tuple):
        if all(isinstance(item, str) for item in value):
            return tuple(value)
    elif get_origin(wanted) is not None and isinstance(value, Mapping):
        if all(isinstance(item, get_args(wanted)[1]) for item in value.values()):
            return dict(value)
    elif isinstance(wanted, type) and isinstance(value, wanted) and not isinstance(value, bool):
        return value
    raise WrongRequest(f"[reader] option {key!r} cannot be {value!r}", "correct it in the declaration")


def year_in(name: str, option: str) -> str:
    """The only year in the name of a file or sheet. Raises WrongRequest naming the `option` that wants it."""
    years = YEAR.findall(name)
    if len(years) != 1:
        raise WrongRequest(
            f"the name {name!r} does not say its year", f"take `{option}` out of [reader], or read less by it"
        )
    return str(years[0])
