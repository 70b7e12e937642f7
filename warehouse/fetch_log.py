"""What came of each attempt to fetch a dataset: a line of JSON each, which etl writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse import store

NEW, UNCHANGED, FAILED = "new", "unchanged", "failed"


@dataclass(frozen=True)
class Attempt:
    """`outcome` is new, unchanged or failed; `problem`, `remedy` and `family` are empty unless it failed.

    `family` is try_again, wrong_request, does_not_exist, or rule where a check of the build refused it.
    `at` is in UTC, `rows` and `vintage` are those in force afterwards, `sha256` is of the provider's bytes in
    force and `validators` what their answers said, (ETag, Last-Modified) by address.
    """

    dataset_id: str
    at: datetime
    outcome: str
    address: str = ""
    problem: str = ""
    remedy: str = ""
    family: str = ""
    bytes: int = 0
    seconds: float = 0.0
    rows: int | None = None
    vintage: str | None = None
    sha256: str = ""
    validators: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class History:
    """`success` is the last attempt that did not fail, None where there was none."""

    last: Attempt
    success: Attempt | None


def histories(folder: Path | None = None) -> dict[str, History]:
    """By dataset, in the order of the file: a clock that was set back does not reorder it.

    Empty where nothing was ever fetched. A line that is cut or not ours is passed over.
    """
    file = (folder or store.data_folder()) / store.FETCH_LOG
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    found: dict[str, History] = {}
    for attempt in _attempts(lines):
        former = found.get(attempt.dataset_id)
        success = attempt if attempt.outcome != FAILED else former.success if former else None
        found[attempt.dataset_id] = History(attempt, success)
    return found


def line_of(attempt: Attempt) -> str:
    values = {each.name: getattr(attempt, each.name) for each in fields(Attempt)}
    return json.dumps({**values, "at": attempt.at.isoformat(timespec="seconds")}, ensure_ascii=False)


def _attempts(lines: Iterable[str]) -> Iterable[Attempt]:
    for line in lines:
        try:
            yield _attempt(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            continue


def _attempt(values: dict[str, Any]) -> Attempt:
    validators = {address: (pair[0], pair[1]) for address, pair in values.pop("validators").items()}
    at = datetime.fromisoformat(values.pop("at")).astimezone(UTC)
    return Attempt(**values, at=at, validators=validators)
