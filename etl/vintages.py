"""Puts a snapshot that passed every check in force, and keeps the former one where figures changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from etl.declaration import Dataset
from etl.disk import writing
from etl.errors import SourceError
from etl.lock import read_lock
from etl.snapshot import Layers

KEPT = 12  # former snapshots of a dataset: a year of monthly refreshes
NEXT = ".next"


def former_snapshots(dataset: Dataset, layers: Layers) -> list[Path]:
    """Folders of the editions that were in force before, oldest first."""
    shelf = _shelf(layers, dataset.provider.provider_id, dataset.dataset_id)
    return sorted((folder for folder in shelf.glob("*") if folder.is_dir()), key=_number)


def put_in_force(dataset: Dataset, layers: Layers, incoming: Path, *, keep_former: bool) -> None:
    """Replace the snapshot of a dataset by the folder `incoming`.

    A process that dies in between leaves `.next`, which `finish` puts in force: never half of a snapshot, and
    never none. Raises TryAgain: a disk that may not be written.
    """
    target = layers.snapshots / dataset.provider.provider_id / dataset.dataset_id
    with writing(layers.snapshots):
        target.parent.mkdir(parents=True, exist_ok=True)
        waiting = target.with_name(target.name + NEXT)
        incoming.replace(waiting)
        if target.is_dir() and not keep_former:
            shutil.rmtree(target)
        _switch(layers, waiting)


def finish(layers: Layers) -> None:
    """Complete what a process that died had begun."""
    with writing(layers.snapshots):
        for waiting in layers.snapshots.glob(f"*/*{NEXT}"):
            _switch(layers, waiting)


def _switch(layers: Layers, waiting: Path) -> None:
    target = waiting.with_name(waiting.name.removesuffix(NEXT))
    if (target / "lock.toml").is_file():
        shelf = _shelf(layers, target.parent.name, target.name)
        shelf.mkdir(parents=True, exist_ok=True)
        kept = sorted(shelf.iterdir(), key=_number)
        number = _number(kept[-1]) + 1 if kept else 1
        # Numbered, for a clock that was set back would put editions in the wrong order.
        target.rename(shelf / f"{number:04d}-{_vintage(target)}")
        for oldest in kept[: max(0, len(kept) + 1 - KEPT)]:
            shutil.rmtree(oldest)
    elif target.is_dir():
        shutil.rmtree(target)
    waiting.rename(target)


def _shelf(layers: Layers, provider_id: str, dataset_id: str) -> Path:
    return layers.snapshots.parent / "vintages" / provider_id / dataset_id


def _vintage(folder: Path) -> str:
    try:
        return read_lock(folder / "lock.toml").vintage.replace("/", "-")
    except SourceError:
        return "unknown"


def _number(folder: Path) -> int:
    number = folder.name.partition("-")[0]
    return int(number) if number.isdigit() else 0
