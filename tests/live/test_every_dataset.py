"""Asks each provider for each dataset that has an address, and reads the answer.

Those that a provider leaves to a person are asked for where that person names them: `-m "live and by_hand"`.
"""

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

BY_HAND = "by_hand"
DATASETS = [
    pytest.param(dataset, id=dataset.dataset_id, marks=[pytest.mark.by_hand] * dataset.request.by_hand)
    for dataset in declarations(project_world(Path("var"))).datasets
    if dataset.request
]

pytestmark = [pytest.mark.live, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def client() -> Client:
    """One for all, so that the pause of an endpoint is kept from one dataset to the next."""
    return Client()


@pytest.mark.parametrize("dataset", DATASETS)
def test_the_provider_answers_with_figures_that_can_be_read(
    dataset: Dataset, client: Client, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Compared with the embedded extract, if there is one: nothing it shows may have vanished."""
    assert dataset.request
    if dataset.request.by_hand and BY_HAND not in pytestconfig.option.markexpr:
        pytest.skip('its provider asks robots not to fetch it: a person may, with -m "live and by_hand"')
    layers = Layers(snapshots=tmp_path / "snapshots", embedded=ETL / "embedded")
    fetched = fetch(dataset, dataset.request, client, tmp_path / "fetched" / dataset.dataset_id, {})

    candidate = try_out(dataset, fetched, Terms(layers, Places.load(), date.today()))

    assert not candidate.faults
    assert candidate.lock.rows > 0
