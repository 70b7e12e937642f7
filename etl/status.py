"""What `python -m etl status` says of a dataset: the edition in force, its age, how fetching it went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from etl.declaration import Dataset
from etl.errors import SourceError
from etl.lock import Lock, read_lock
from etl.snapshot import NOT_LOADED, Layers
from warehouse.fetch_log import FAILED, History
from warehouse.freshness import age_in_days, edition_day, next_edition

NEXT_COMES = {
    "refresh": "python -m etl refresh",
    "fetch": "a person: python -m etl fetch DATASET, or with --file PATH",
    "file": "a person: python -m etl fetch --file PATH DATASET",
    "hand": "a person who writes it down",
}


def status_of(dataset: Dataset, layers: Layers, log: Mapping[str, History], today: date) -> dict[str, Any]:
    """One row; `problem` is None where nothing is wrong."""
    layer = layers.name(dataset)
    lock, problem = None, None
    if layer != NOT_LOADED:
        try:
            lock = read_lock(layers.lock(dataset))
        except SourceError as error:
            problem = str(error)
    history = log.get(dataset.dataset_id)
    if problem is None and history and history.last.outcome == FAILED:
        remedy = history.last.remedy
        problem = f"{history.last.problem}. {remedy[:1].upper()}{remedy[1:]}".strip()
    return {
        "dataset": dataset.dataset_id,
        "layer": layer,
        **_edition(dataset, lock, today),
        "next_comes_by": NEXT_COMES[dataset.next_comes].replace("DATASET", dataset.dataset_id),
        "last_attempt": history and history.last.at.isoformat(timespec="minutes"),
        "last_success": history and history.success and history.success.at.isoformat(timespec="minutes"),
        "problem": problem,
    }


def _edition(dataset: Dataset, lock: Lock | None, today: date) -> dict[str, Any]:
    if lock is None:
        return dict.fromkeys(("vintage", "origin", "rows", "obtained", "age_days", "next_edition"))
    obtained = lock.fetched_at or lock.extracted_at
    day = edition_day(lock.vintage, lock.published_at)
    following = next_edition(day, dataset.frequency)
    return {
        "vintage": lock.vintage,
        "origin": lock.origin,
        "rows": lock.rows,
        "obtained": obtained and obtained.isoformat(),
        "age_days": age_in_days(day, today),
        "next_edition": following and following.isoformat(),
    }
