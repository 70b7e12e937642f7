"""What a build reads for a dataset: the nearest layer that holds it.

`<data folder>/snapshots/<provider>/<dataset>/` holds the provider's bytes and `lock.toml` after a refresh. It
lies above `etl/embedded/<provider>/<dataset>.csv` with `<dataset>.lock.toml`, the embedded extract, and wins.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from etl.codes import stacked
from etl.declaration import Dataset, PlaceRule
from etl.errors import DoesNotExist, SourceError, TryAgain, WrongRequest
from etl.feeds.rows import distinct, require_columns
from etl.harmonise import read_period
from etl.lock import Lock, read_lock
from etl.parse import read

NOT_LOADED = "not loaded"
RESTORE = "restore it from git, or run `python -m etl extract --from DIR`"
FETCH = "refresh the dataset, or remove its folder to fall back on the embedded extract"


@dataclass(frozen=True)
class Layers:
    """Where snapshots lie: refreshed bytes above, embedded extracts below.

    `incoming` are folders by dataset that a refresh has fetched and is still trying: they win over both.
    """

    snapshots: Path
    embedded: Path
    incoming: Mapping[str, Path] = field(default_factory=dict)

    def refreshed(self, dataset: Dataset) -> Path:
        kept = self.snapshots / dataset.provider.provider_id / dataset.dataset_id
        return self.incoming.get(dataset.dataset_id, kept)

    def files(self, dataset: Dataset) -> list[Path]:
        """The provider's files of a refreshed snapshot, in order."""
        return sorted(file for file in self.refreshed(dataset).iterdir() if file.name != "lock.toml")

    def extract(self, dataset: Dataset) -> Path:
        return self.embedded / dataset.provider.provider_id / f"{dataset.dataset_id}.csv"

    def lock(self, dataset: Dataset) -> Path:
        """The lock of the nearest layer."""
        if self.is_refreshed(dataset):
            return self.refreshed(dataset) / "lock.toml"
        return self.extract(dataset).with_suffix(".lock.toml")

    def is_refreshed(self, dataset: Dataset) -> bool:
        return self.refreshed(dataset).is_dir()

    def holds(self, dataset: Dataset) -> bool:
        """False where a build goes without it: never refreshed, and the project carries no extract."""
        return dataset.is_carried or self.is_refreshed(dataset)

    def name(self, dataset: Dataset) -> str:
        """The nearest layer as `status` calls it."""
        if self.is_refreshed(dataset):
            return "refreshed"
        return "embedded" if dataset.is_carried else NOT_LOADED


@dataclass(frozen=True)
class Snapshot:
    """A long frame with what it was read from; `file` is what `row` counts in."""

    lock: Lock
    file: Path
    frame: pd.DataFrame


def open_snapshot(dataset: Dataset, layers: Layers) -> Snapshot:
    """The rows the declaration keeps, out of the nearest layer. Raises SourceError with dataset and file."""
    if layers.is_refreshed(dataset):
        lock, files = files_in_force(dataset, layers)
        place = layers.refreshed(dataset)
        return Snapshot(lock, place, _kept(dataset, files, place))
    file = layers.extract(dataset)
    try:
        lock = _own_lock(dataset, layers, RESTORE)
        return Snapshot(lock, file, _read_extract(dataset, file, lock))
    except SourceError as error:
        raise error.at(dataset=dataset.dataset_id, file=str(file)) from None


def files_in_force(dataset: Dataset, layers: Layers) -> tuple[Lock, list[Path]]:
    """Of a refreshed snapshot: its lock, and its files once they are the bytes of the lock.

    Raises SourceError with dataset and folder.
    """
    try:
        lock = _own_lock(dataset, layers, FETCH)
        files = layers.files(dataset)
        if not files:
            raise DoesNotExist("the snapshot holds no file beside its lock", FETCH)
        if fingerprint(files) != lock.sha256:
            raise TryAgain("its bytes are not those of its lock: the file is cut or changed", FETCH)
    except SourceError as error:
        raise error.at(dataset=dataset.dataset_id, file=str(layers.refreshed(dataset))) from None
    return lock, files


def read_source(dataset: Dataset, files: Iterable[Path]) -> pd.DataFrame:
    """The provider's files in the dataset's format, one after the other. Raises SourceError with its file."""
    return _read_all(dataset, files, dataset.format, dataset.reader)


def read_answer(dataset: Dataset, files: Iterable[Path]) -> pd.DataFrame:
    """What a request was answered with, which may have another form. Raises SourceError with its file."""
    request = dataset.request
    if request is None:
        return read_source(dataset, files)
    reader = dataset.reader if request.reader is None else request.reader
    return _read_all(dataset, files, request.format or dataset.format, reader)


def _read_all(
    dataset: Dataset, files: Iterable[Path], format_name: str, reader: Mapping[str, object]
) -> pd.DataFrame:
    frames = []
    for file in files:
        try:
            frames.append(read(format_name, file.read_bytes(), reader))
        except SourceError as error:
            raise error.at(dataset=dataset.dataset_id, file=str(file)) from None
    return stacked(frames).reset_index(drop=True)


def keep(dataset: Dataset, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that [keep], [places] and [period] leave. Raises WrongRequest: a column that vanished."""
    if dataset.period and dataset.period.at:
        frame = frame.assign(**{dataset.period.column: dataset.period.at})
    is_kept = pd.Series(True, index=frame.index)
    for column, values in dataset.keep.items():
        require_columns(frame, [column])
        is_kept &= frame[column].isin(values)
    if dataset.places:
        for column in filter(None, (dataset.places.column, dataset.places.towards)):
            require_columns(frame, [column])
            is_kept &= _is_of_places(dataset.places, frame[column])
    rows = frame[is_kept]
    return _of_periods(dataset, rows)


def _is_of_places(rule: PlaceRule, codes: pd.Series[str]) -> pd.Series[bool]:
    if not (rule.keep or rule.codes):
        return pd.Series(True, index=codes.index)
    wanted = [code for code in codes.unique() if code.startswith(rule.keep) or code in rule.codes]
    return codes.isin(wanted)


def fingerprint(files: Iterable[Path]) -> str:
    """sha256 of the files' bytes, one after the other."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def constants(dataset: Dataset) -> dict[str, str]:
    """Columns of which the declaration keeps one value only: an extract does not repeat them line by line."""
    return {column: values[0] for column, values in dataset.keep.items() if len(values) == 1}


def _of_periods(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    rule = dataset.period
    if rule is None or not (rule.first or rule.last):
        return rows
    require_columns(rows, [rule.column])
    periods = distinct(rows, rows[rule.column], lambda text: read_period(text, rule.form).period)
    first, last = rule.first or "", rule.last or "9999"
    # 2015-Q3 is not after 2015: only as much of a period is compared as the limit has.
    return rows[periods.where(lambda period: first <= period and period[: len(last)] <= last)]


def _kept(dataset: Dataset, files: Iterable[Path], place: Path) -> pd.DataFrame:
    try:
        return keep(dataset, read_answer(dataset, files))
    except SourceError as error:
        raise error.at(dataset=dataset.dataset_id, file=str(place)) from None


def _own_lock(dataset: Dataset, layers: Layers, remedy: str) -> Lock:
    _require_file(layers.lock(dataset), remedy)
    lock = read_lock(layers.lock(dataset))
    _require_same_dataset(dataset, lock)
    return lock


def _read_extract(dataset: Dataset, file: Path, lock: Lock) -> pd.DataFrame:
    _require_file(file, RESTORE)
    text = file.read_text(encoding="utf-8")
    if not text.endswith("\n"):
        raise TryAgain("the extract ends in the middle of a line", RESTORE, row=text.count("\n") + 1)
    frame = read("delimited", text.encode(), {"separator": ","})
    if len(frame) != lock.rows:
        raise TryAgain(f"the extract has {len(frame)} rows, its lock says {lock.rows}", RESTORE)
    return frame.assign(**constants(dataset))


def _require_file(file: Path, remedy: str) -> None:
    if not file.is_file():
        raise DoesNotExist(f"{file.name} is not there", remedy)


def _require_same_dataset(dataset: Dataset, lock: Lock) -> None:
    expected = (dataset.provider.provider_id, dataset.dataset_id)
    if (lock.provider, lock.dataset) != expected:
        raise WrongRequest(
            f"its lock is of {lock.provider}/{lock.dataset}", f"it must be of {'/'.join(expected)}"
        )
