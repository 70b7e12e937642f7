"""The figures of one dataset: its nearest snapshot, read and harmonised."""

from __future__ import annotations

from etl.declaration import Dataset
from etl.errors import SourceError
from etl.feeds import FEEDS
from etl.harmonise import Places
from etl.load import Loaded
from etl.snapshot import Layers, open_snapshot


def read_figures(dataset: Dataset, layers: Layers, places: Places) -> Loaded:
    """Raises SourceError with dataset and file."""
    snapshot = open_snapshot(dataset, layers)
    try:
        fed = FEEDS[dataset.feeds](dataset, snapshot.frame, places)
    except SourceError as error:
        raise error.at(dataset=dataset.dataset_id, file=str(snapshot.file)) from None
    return Loaded(dataset, snapshot.lock, fed)
