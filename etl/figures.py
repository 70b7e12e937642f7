"""The figures of one dataset: its nearest snapshot, read and harmonised."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from etl.declaration import Dataset
from etl.editions import take, together
from etl.errors import SourceError
from etl.feeds import FEEDS
from etl.harmonise import Places
from etl.load import Loaded
from etl.snapshot import Layers, files_in_force, open_snapshot

CODES = "code_change"  # the feed that teaches codes: it is asked before the others


def known_places(datasets: Iterable[Dataset], layers: Layers, territories: Path) -> Places:
    """Every code of our lists, and those that refreshed changes of codes add. Raises as `read_figures`."""
    places = Places.load(territories)
    for dataset in datasets:
        if dataset.feeds == CODES and layers.holds(dataset):
            tables = read_figures(dataset, layers, places).fed.tables
            places = places.with_codes(tables["correspondence"])
    return places


def read_figures(dataset: Dataset, layers: Layers, places: Places) -> Loaded:
    """Raises SourceError with dataset and file."""
    if layers.is_refreshed(dataset):
        lock, files = files_in_force(dataset, layers)
        return Loaded(dataset, lock, together(dataset, take(dataset, files, places)).fed)
    snapshot = open_snapshot(dataset, layers)
    try:
        fed = FEEDS[dataset.feeds](dataset, snapshot.frame, places)
    except SourceError as error:
        raise error.at(dataset=dataset.dataset_id, file=str(snapshot.file)) from None
    return Loaded(dataset, snapshot.lock, fed)
