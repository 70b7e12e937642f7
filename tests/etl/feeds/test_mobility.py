"""What a bad row of the figures on travel is told."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.errors import WrongRequest
from etl.feeds import mobility
from etl.harmonise import Places
from etl.snapshot import open_snapshot
from etl.world import declarations, project_world

WORLD = project_world(Path("no-data-folder"))
DATASET = next(each for each in declarations(WORLD).datasets if each.dataset_id == "published_mobility")


@pytest.fixture
def frame() -> pd.DataFrame:
    return open_snapshot(DATASET, WORLD.layers).frame


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("indicator_id", "speed", "indicator_id is 'speed'"),
        ("mode", "rocket", "mode is 'rocket'"),
        ("population", "everybody", "population is 'everybody'"),
        ("survey_id", "hearsay", "survey_id is 'hearsay'"),
        ("origin_id", "FR99", "origin_id is 'FR99', an unknown territory"),
        ("year", "21", "year is '21', not a year"),
        ("year_assumed", "perhaps", "year_assumed is 'perhaps'"),
        ("value", "12 %", "value '12 %' is not a number"),
        ("value", "", "value is empty"),
        ("reliability", "sure", "reliability is 'sure'"),
        ("source_kind", "rumour", "source_kind is 'rumour'"),
    ],
)
def test_a_bad_cell_is_told_with_its_row(frame: pd.DataFrame, column: str, cell: str, told: str) -> None:
    with pytest.raises(WrongRequest, match=told) as error:
        mobility.feed_figures(DATASET, frame.head(1).assign(**{column: cell}), Places.load())
    assert error.value.row == 2


def test_a_figure_given_twice_is_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(WrongRequest, match="occurs twice"):
        mobility.feed_figures(DATASET, pd.concat([frame, frame.head(1)], ignore_index=True), Places.load())
