"""Transcribed and extracted figures against the whole tables they come from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.snapshot import open_snapshot
from etl.world import declarations, project_world

pytestmark = pytest.mark.specimens

WORLD = project_world(Path("no-data-folder"))
DATASETS = {each.dataset_id: each for each in declarations(WORLD).datasets}


def embedded(dataset: str) -> pd.DataFrame:
    return open_snapshot(DATASETS[dataset], WORLD.layers).frame


def rows(frame: pd.DataFrame, columns: list[str]) -> list[tuple[str, ...]]:
    return sorted(map(tuple, frame[columns].to_numpy()))


def test_every_flow_of_the_source_is_there_as_printed(specimens: Path) -> None:
    source = pd.read_csv(specimens / "flows/flows_published.csv", dtype=str, keep_default_na=False)
    ours = embedded("published_flows")
    columns = [name for name in ours.columns if name != "row"]
    assert rows(ours, columns) == rows(source.apply(lambda column: column.str.strip()), columns)
    assert len(ours) == 921


def test_every_figure_on_travel_is_one_of_the_source_and_none_is_missing(specimens: Path) -> None:
    source = pd.read_csv(specimens / "flows/mobility_published.csv", dtype=str, keep_default_na=False)
    source["source_kind"] = source["source_kind"].replace("producer page", "producer")
    columns = ["year", "value", "producer", "source_title", "source_url", "source_kind"]
    assert rows(embedded("published_mobility"), columns) == rows(source, columns)
