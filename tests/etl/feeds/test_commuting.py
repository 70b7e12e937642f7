"""A whole file of home and work: what becomes a flow, what is counted at the residence, what is refused.

Codes are real; the figures of this test are made up.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import WrongRequest
from etl.feeds import commuting
from etl.feeds.fed import Fed
from etl.harmonise import Places
from etl.parse import read
from etl.world import declarations, project_world
from tests.bench.full_scale import packed

WORLD = project_world(Path("no-data-folder"))
DATASET = next(each for each in declarations(WORLD).datasets if each.dataset_id == "base_flux")
HEADER = "CODGEO;LIBGEO;DCLT;L_DCLT;NBFLUX_C23_ACTOCC15P"


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


def fed(places: Places, *rows: str, header: str = HEADER) -> Fed:
    """Rows such as `59350 BE540 12.5`."""
    lines = [f"{home};;{work};;{workers}" for home, work, workers in (row.split() for row in rows)]
    text = "\n".join([header, *lines]) + "\n"
    frame = read(DATASET.format, packed(text, 2023), DATASET.reader)
    return commuting.feed(DATASET, frame, places)


def flows(fed: Fed) -> list[tuple[object, ...]]:
    columns = ["origin_id", "destination_id", "period", "value"]
    return list(fed.tables["flow"][columns].itertuples(index=False, name=None))


def residents(fed: Fed, indicator: str) -> dict[str, float]:
    observations = fed.tables["observation"]
    rows = observations[observations["indicator_id"] == indicator]
    return dict(zip(rows["territory_id"], rows["value"], strict=True))


ONE_OF_EACH = ("59350 59350 1000", "59350 BE540 12.5", "59350 ZZZZZ 3", "75056 BE540 2")


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("BE540", "NIS57096"),  # Mouscron, 54007 until 2018
        ("SUC1L", "BFS6621"),  # Genève
        ("MO001", "MC"),
        ("LU320", "LU000"),
        ("AL157", "DEC01"),  # Saarbrücken
        ("BE9ZZ", "BE"),  # in no edition of the list we hold, yet in Belgium
    ],
)
def test_a_workplace_abroad_is_the_municipality_of_today_or_the_smallest_place_held(
    places: Places, code: str, place: str
) -> None:
    assert flows(fed(places, *ONE_OF_EACH[:1], "59350 ZZZZZ 1", f"59350 {code} 7")) == [
        ("COM59350", place, "2023", 7.0)
    ]


def test_only_what_crosses_a_border_is_a_flow(places: Places) -> None:
    assert flows(fed(places, *ONE_OF_EACH)) == [
        ("COM59350", "NIS57096", "2023", 12.5),
        ("FR101", "NIS57096", "2023", 2.0),  # Paris: communes are held along the border only
    ]


def test_residents_are_counted_for_the_commune_and_its_department(places: Places) -> None:
    both = fed(places, *ONE_OF_EACH, "59178 59350 10")

    assert residents(both, "employed_residents") == {
        "COM59350": 1015.5, "COM59178": 10.0, "FRE11": 1025.5, "FR101": 2.0,
    }  # fmt: skip
    assert residents(both, "residents_working_abroad") == {"COM59350": 15.5, "FRE11": 15.5, "FR101": 2.0}
    assert residents(both, "residents_working_abroad_unnamed") == {"COM59350": 3.0, "FRE11": 3.0}


def test_communes_that_merged_are_added_up(places: Places) -> None:
    merged = fed(places, *ONE_OF_EACH, "59183 BE540 4", "59540 BE540 5")  # Saint-Pol joined Dunkerque
    assert ("COM59183", "NIS57096", "2023", 9.0) in flows(merged)


def test_workers_of_an_unnamed_country_are_said(places: Places) -> None:
    (row,) = fed(places, *ONE_OF_EACH).rejected.to_dict("records")
    assert (row["reason"], row["code"], row["rows"]) == ("not_placeable", "ZZZZZ", 1)
    assert row["detail"] == "3 workers of 2023: abroad, place not held"


def test_the_year_is_that_of_the_column(places: Places) -> None:
    older = fed(places, *ONE_OF_EACH, header=HEADER.replace("C23", "C12"))
    assert set(older.tables["flow"]["period"]) == {"2012"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("59350 BE570 many", "value 'many' is not a number"),
        ("59350 BE570 -1", "'-1' is not a number of workers"),
        ("59999 BE540 1", "territory code '59999' of COG is unknown"),
        ("5935 BE540 1", "'5935' is not a code of COG"),
        ("59350 ES001 1", "'ES001' is no place of work that the declaration knows"),
        ("59350 ZZZZZ 1", r"the key \(59350, ZZZZZ, .*\) occurs twice, first in row 4"),
    ],
)
def test_a_bad_row_is_told(places: Places, row: str, told: str) -> None:
    with pytest.raises(WrongRequest, match=told) as refused:
        fed(places, *ONE_OF_EACH, row)
    assert refused.value.row == 6


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (HEADER.replace("NBFLUX", "FLUX"), r"'NBFLUX_C\*_ACTOCC15P' is not there"),
        (HEADER.replace("DCLT", "WORK"), "'DCLT' is not there"),
    ],
)
def test_a_renamed_column_is_told(places: Places, header: str, told: str) -> None:
    with pytest.raises(WrongRequest, match=told):
        fed(places, *ONE_OF_EACH, header=header)
