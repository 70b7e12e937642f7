"""Official files obtained otherwise → the small embedded extracts the project carries, each with its lock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from etl.declaration import Dataset
from etl.errors import DoesNotExist, SourceError, WrongRequest
from etl.lock import Lock, lock_of, read_lock, write_lock
from etl.snapshot import Layers, constants, fingerprint, keep, read_source

LIMIT = 8 * 1024 * 1024  # bytes of all embedded extracts together: they live in git


def extract(dataset: Dataset, archive: Path, layers: Layers, today: date) -> Lock:
    """Cut what the declaration keeps out of the files below `archive`, and write extract and lock.

    Raises SourceError: no such file, a file that cannot be read, nothing left, extracts too large in all.
    """
    files = _files(dataset, archive)
    source = read_source(dataset, files)
    try:
        rows = _narrow(dataset, keep(dataset, source))
    except SourceError as error:
        raise error.at(dataset=dataset.dataset_id, file=", ".join(map(str, files))) from None
    content = rows.to_csv(index=False, lineterminator="\n").encode()
    target = layers.extract(dataset)
    _require_room(dataset, layers.embedded, target, len(content))
    lock = lock_of(
        dataset,
        sha256=fingerprint(files),
        size=sum(file.stat().st_size for file in files),
        source_rows=len(source),
        rows=len(rows),
        extracted_at=today,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    is_same = target.exists() and target.read_bytes() == content
    target.write_bytes(content)
    return _write_lock(target.with_suffix(".lock.toml"), lock, is_same)


def _files(dataset: Dataset, archive: Path) -> list[Path]:
    files: list[Path] = []
    for pattern in dataset.archive:
        found = sorted(archive.glob(pattern))
        if not found:
            raise DoesNotExist(
                f"no file matches {pattern!r} below {archive}",
                f"put the file of {dataset.url} there, or correct `archive`",
                dataset=dataset.dataset_id,
            )
        files += found
    return files


def _narrow(dataset: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """Without the columns that the declaration restores or never looks at, in an order a diff can follow.

    Raises WrongRequest when no row is left.
    """
    if frame.empty:
        raise WrongRequest("no row is kept", "correct [keep], [places] or [period]")
    columns = [column for column in frame.columns if column != "row" and column not in constants(dataset)]
    if dataset.places and dataset.period and dataset.feeds == "observation":
        used = {dataset.places.column, dataset.period.column, "OBS_VALUE", "OBS_FLAG", *dataset.keep}
        for indicator in dataset.indicators:
            used |= {*indicator.where, *indicator.facets.values()}
        columns = [column for column in columns if column in used]
    return frame[columns].sort_values(columns)


def _require_room(dataset: Dataset, embedded: Path, target: Path, size: int) -> None:
    others = sum(file.stat().st_size for file in embedded.rglob("*.csv") if file != target)
    if others + size > LIMIT:
        raise WrongRequest(
            f"with its {size:,} bytes the embedded extracts would weigh {others + size:,}, over {LIMIT:,}",
            "keep less of it: [keep], [places] keep, [period] first",
            dataset=dataset.dataset_id,
        )


def _write_lock(file: Path, lock: Lock, is_same: bool) -> Lock:
    """The lock as written; the former one where only the day differs: its diff is a change of data."""
    if is_same and file.exists():
        former = read_lock(file)
        if replace(lock, extracted_at=former.extracted_at) == former:
            return former
    write_lock(file, lock)
    return lock
