"""A dataset whose extract and whose provider's answer have two forms: both lead to the same figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.feeds import observation
from etl.harmonise import Places
from etl.snapshot import keep, open_snapshot, read_answer
from etl.world import declarations, project_world

WORLD = project_world(Path("no-data-folder"))
DATASET = next(each for each in declarations(WORLD).datasets if each.dataset_id == "ds_populations_reference")
MELODI = Path(__file__).parents[1] / "fixtures/melodi/popref_nantes.json"


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """What Melodi answered of Nantes, under the code of Lille: Nantes is not on the border."""
    page = tmp_path / "page.json"
    page.write_text(MELODI.read_text(encoding="utf-8").replace("COM-44109", "COM-59350"), encoding="utf-8")
    return page


def test_an_answer_of_melodi_takes_the_place_of_the_register_of_communes(answer: Path) -> None:
    asked = keep(DATASET, read_answer(DATASET, [answer]))
    (figure,) = observation.feed(DATASET, asked, Places.load()).tables["observation"].to_dict("records")
    carried = open_snapshot(DATASET, WORLD.layers).frame
    register = observation.feed(DATASET, carried, Places.load()).tables["observation"]
    (lille,) = register[register["territory_id"] == "COM59350"].to_dict("records")
    assert {key: value for key, value in figure.items() if key != "value"} == {
        key: value for key, value in lille.items() if key != "value"
    }
    assert (figure["value"], lille["value"]) == (327734, 238246)
