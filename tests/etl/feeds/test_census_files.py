"""The detailed file of the French census and the Belgian matrix of 2011, in the shape that is documented.

Header and separator are documented, codes are real, the figures are made up: neither file lies here.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from etl.declaration import Dataset
from etl.errors import WrongRequest
from etl.feeds import FEEDS
from etl.feeds.fed import Fed
from etl.harmonise import Places
from etl.snapshot import keep, read_answer
from etl.world import declarations, project_world

DATASETS = {each.dataset_id: each for each in declarations(project_world(Path("no-data-folder"))).datasets}
MOBPRO_HEADER = "COMMUNE;ARM;DCFLT;DCLT;AGEREVQ;IPONDI;SEXE;TRANS;VOIT"
CENSUS_HEADER = (
    "CD_MUNTY_REFNIS_RESIDENCE|TX_MUNTY_RESIDENCE_DESCR_FR|CD_CNTRY_REFNIS_WORK|TX_CNTRY_WORK_DESCR_FR"
    "|CD_MUNTY_REFNIS_WORK|TX_MUNTY_WORK_DESCR_FR|CD_SEX|OBS_VALUE"
)


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


def zipped(name: str, *lines: str) -> bytes:
    envelope = io.BytesIO()
    with zipfile.ZipFile(envelope, "w") as archive:
        archive.writestr(name, "\n".join([*lines, ""]))
        archive.writestr("Varmod.csv", "COD_VAR;COD_MOD\n")
    return envelope.getvalue()


def mobpro(*answers: str) -> bytes:
    """Answers such as `59350 BE540 99999 4,5 5`: home, foreign place, French place, weight, mode."""
    lines = [
        f"{home};ZZZZZ;{foreign};{french};040;{weight};1;{mode};1"
        for home, foreign, french, weight, mode in (answer.split() for answer in answers)
    ]
    return zipped("FD_MOBPRO_2021.csv", MOBPRO_HEADER, *lines)


def census(*rows: str) -> bytes:
    """Rows such as `57096|Belgique|57081|M|12`: home, country and municipality of work, sex, people."""
    lines = [
        f"{home}|a|b|{country}|{work}|c|{sex}|{people}"
        for home, country, work, sex, people in (row.split("|") for row in rows)
    ]
    return ("\ufeff" + "\r\n".join([CENSUS_HEADER, *lines, ""])).encode()


def kept(dataset: Dataset, content: bytes, folder: Path) -> pd.DataFrame:
    file = folder / "answer"
    file.write_bytes(content)
    return keep(dataset, read_answer(dataset, [file]))


def fed(name: str, content: bytes, folder: Path, places: Places) -> Fed:
    dataset = DATASETS[name]
    return FEEDS[dataset.feeds](dataset, kept(dataset, content, folder), places)


def flows(fed: Fed) -> list[tuple[object, ...]]:
    columns = ["origin_id", "destination_id", "period", "mode", "value"]
    return list(fed.tables["flow"][columns].itertuples(index=False, name=None))


def residents(fed: Fed, indicator: str) -> dict[str, float]:
    observations = fed.tables["observation"]
    rows = observations[observations["indicator_id"] == indicator]
    return dict(zip(rows["territory_id"], rows["value"], strict=True))


def test_answers_of_one_pair_and_mode_are_added_up_with_their_weight(places: Places, tmp_path: Path) -> None:
    answers = ("59350 BE540 99999 4,5 5", "59350 BE540 99999 2,25 5", "59350 BE540 99999 3,0 3")
    assert flows(fed("mobpro", mobpro(*answers), tmp_path, places)) == [
        ("COM59350", "NIS57096", "2021", "bicycle", 3.0),
        ("COM59350", "NIS57096", "2021", "car", 6.75),
    ]


def test_who_works_in_france_is_not_read_though_99999_stands_there(places: Places, tmp_path: Path) -> None:
    """DCFLT = 99999 says in France, DCLT = 99999 abroad: the two are never taken for one another."""
    content = mobpro("59350 99999 59350 10,0 5", "59350 BE540 99999 4,5 6", "01004 ZZZZZ 99999 5,03 5")
    frame = kept(DATASETS["mobpro"], content, tmp_path)
    assert list(frame["DCFLT"]) == ["BE540", "ZZZZZ"]
    assert list(frame["row"]) == [3, 4]

    read = fed("mobpro", content, tmp_path, places)

    assert flows(read) == [("COM59350", "NIS57096", "2021", "public_transport", 4.5)]
    (left_out,) = read.rejected.to_dict("records")
    assert (left_out["code"], left_out["detail"]) == ("ZZZZZ", "5 workers of 2021: abroad, place not held")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("1004 BE540 99999 5,03 5", "'1004' is not a code of COG"),  # a zero lost in front is not Aube
        ("59350 BE540 99999 5,03 7", "mode '7' is unknown"),
        ("59350 BE540 99999 many 5", "'many' is not a number"),
    ],
)
def test_an_answer_that_means_nothing_is_told(answer: str, told: str, places: Places, tmp_path: Path) -> None:
    with pytest.raises(WrongRequest, match=told) as refused:
        fed("mobpro", mobpro("59350 BE540 99999 4,5 5", answer), tmp_path, places)
    assert refused.value.row == 3


def test_a_file_of_other_columns_is_told(places: Places, tmp_path: Path) -> None:
    """As a table saved anew without the column of foreign places."""
    content = zipped("FD_MOBPRO_2021.csv", "COMMUNE;DCLT;TRANS;IPONDI", "59350;99999;5;4,5")
    with pytest.raises(WrongRequest, match="'DCFLT' is not there"):
        fed("mobpro", content, tmp_path, places)


ROWS = (
    "57096|Belgique|57081|M|700",
    "57096|Belgique|57081|F|300",
    "57096|Belgique|-|F|50",
    "57096|France||M|40",
    "57096|France||F|60",
    "54007|France|_|F|5",  # Mouscron until 2018
    "57096|Pays-Bas||F|4",
    "57096|||M|7",
)


def test_men_and_women_of_one_municipality_cross_together(places: Places, tmp_path: Path) -> None:
    assert flows(fed("census_commuters_2011", census(*ROWS), tmp_path, places)) == [
        ("NIS57096", "FR", "2011", "_T", 105.0)
    ]


def test_residents_are_counted_wherever_they_work(places: Places, tmp_path: Path) -> None:
    read = fed("census_commuters_2011", census(*ROWS), tmp_path, places)
    assert residents(read, "employed_residents_belgium") == {"NIS57096": 1166.0, "BE328": 1166.0}
    assert residents(read, "residents_of_belgium_working_abroad") == {"NIS57096": 109.0, "BE328": 109.0}


def test_a_country_that_is_not_held_is_listed_by_its_name(places: Places, tmp_path: Path) -> None:
    (left_out,) = fed("census_commuters_2011", census(*ROWS), tmp_path, places).rejected.to_dict("records")
    assert (left_out["reason"], left_out["code"]) == ("not_placeable", "Pays-Bas")
    assert left_out["detail"] == "4 workers of 2011: abroad, place not held"


def test_a_file_in_which_nobody_crosses_is_refused(places: Places, tmp_path: Path) -> None:
    """As it would be if the countries were written otherwise than we expect: an empty map says nothing."""
    with pytest.raises(WrongRequest, match="no row is a flow across a border"):
        fed("census_commuters_2011", census(*ROWS[:3], "57096|FR||M|40"), tmp_path, places)
