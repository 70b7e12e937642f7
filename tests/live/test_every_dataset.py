"""Asks each provider for each dataset that may be asked for without a person, and reads the answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.candidate import Terms, try_out
from etl.client import Client
from etl.declaration import ETL, Dataset
from etl.fetch import fetch
from etl.harmonise import Places
from etl.snapshot import Layers
from etl.world import declarations, project_world

DATASETS = [
    dataset
    for dataset in declarations(project_world(Path("var"))).datasets
    if dataset.request and not dataset.request.by_hand
]

pytestmark = [pytest.mark.live, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def client() -> Client:
    """One for all, so that the pause of an endpoint is kept from one dataset to the next."""
    return Client()


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.dataset_id)
def test_the_provider_answers_with_figures_that_can_be_read(
    dataset: Dataset, client: Client, tmp_path: Path
) -> None:
    """Compared with the embedded extract, if there is one: nothing it shows may have vanished."""
    assert dataset.request
    layers = Layers(snapshots=tmp_path / "snapshots", embedded=ETL / "embedded")
    fetched = fetch(dataset, dataset.request, client, tmp_path / "fetched" / dataset.dataset_id, {})

    candidate = try_out(dataset, fetched, Terms(layers, Places.load(), date.today()))

    assert candidate.lock.rows > 0
