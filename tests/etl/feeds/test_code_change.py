"""Changes of codes in the shape of v_mvt_commune: which codes they teach. The changes are made up."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from etl.declaration import Dataset
from etl.errors import WrongRequest
from etl.feeds import FEEDS
from etl.feeds.fed import Fed
from etl.figures import known_places
from etl.harmonise import TERRITORIES, Places, Standing
from etl.lock import lock_of, write_lock
from etl.snapshot import Layers, fingerprint, keep, read_answer
from etl.world import declarations, project_world

DATASETS = declarations(project_world(Path("no-data-folder"))).datasets
DATASET = next(each for each in DATASETS if each.dataset_id == "cog_movements")
HEADER = (
    "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,"
    "TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP"
)
# Lille takes in a commune of a code we never had, after one more change; Armentières gets another code.
MERGED = ("32 2027-01-01 59350 59350", "32 2027-01-01 59998 59350", "41 1970-01-01 59997 59998")
RENUMBERED = ("41 2027-01-01 59017 62999",)


def content(*changes: str) -> bytes:
    rows = [change.split() for change in changes]
    lines = [f"{kind},{day},COM,{before},0,A,A,A,COM,{after},0,B,B,B" for kind, day, before, after in rows]
    return "\n".join([HEADER, *lines, ""]).encode()


def fed(folder: Path, places: Places, *changes: str) -> Fed:
    file = folder / "answer.csv"
    file.write_bytes(content(*changes))
    return FEEDS[DATASET.feeds](DATASET, keep(DATASET, read_answer(DATASET, [file])), places)


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


def taught(fed: Fed) -> list[tuple[str, str, str]]:
    rows = fed.tables["correspondence"]
    return list(rows[["code", "vintage", "territory_id"]].itertuples(index=False, name=None))


def test_a_code_that_lapsed_leads_to_what_it_became_with_all_its_parts(
    places: Places, tmp_path: Path
) -> None:
    assert taught(fed(tmp_path, places, *MERGED)) == [
        ("59997", "1969", "COM59350"),
        ("59350", "2026", "COM59350"),
        ("59998", "2026", "COM59350"),
    ]


def test_a_new_code_of_one_commune_is_the_place_it_was(places: Places, tmp_path: Path) -> None:
    assert taught(fed(tmp_path, places, *RENUMBERED)) == [("62999", "current", "COM59017")]


def test_a_merger_after_our_list_is_said(places: Places, tmp_path: Path) -> None:
    read = fed(tmp_path, places, "32 2027-01-01 59350 59350", "32 2027-01-01 59017 59350")
    assert taught(read) == []
    (row,) = read.rejected.to_dict("records")
    assert (row["code"], row["reason"]) == ("59017", "superseded")
    assert row["detail"].startswith("became 59350 in 2027, after our list")


@pytest.mark.parametrize(
    "change",
    [
        "21 2027-01-01 59350 59996",  # cut out of Lille: no place of ours is all of it
        "32 2027-01-01 75999 75998",  # away from the border
        "32 2027-01-01 59995 59994",  # leads to nothing we know
    ],
)
def test_a_change_that_leads_nowhere_teaches_nothing(change: str, places: Places, tmp_path: Path) -> None:
    assert taught(fed(tmp_path, places, *MERGED[:1], change)) == []


def test_a_day_that_is_none_is_told(places: Places, tmp_path: Path) -> None:
    with pytest.raises(WrongRequest, match="'soon' is not written as a date year"):
        fed(tmp_path, places, "32 soon 59998 59350")


def in_force(dataset: Dataset, folder: Path, body: bytes) -> Layers:
    """Layers in which the dataset was refreshed."""
    layers = project_world(folder).layers
    target = layers.refreshed(dataset)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    file = target / "answer.csv"
    file.write_bytes(body)
    lock = lock_of(
        dataset,
        sha256=fingerprint([file]),
        size=len(body),
        source_rows=1,
        rows=1,
        extracted_at=date(2027, 1, 1),
    )
    write_lock(target / "lock.toml", lock)
    return layers


def test_what_was_refreshed_is_known_to_every_other_dataset(tmp_path: Path) -> None:
    layers = in_force(DATASET, tmp_path, content(*MERGED, *RENUMBERED))
    known = known_places(DATASETS, layers, TERRITORIES)
    assert known.today("COG", "59998") == known.today("COG", "59997") == "COM59350"
    assert known.resolve("COG", "59998").standing is Standing.FORMER
    assert known.resolve("COG", "62999").territory_id == "COM59017"
    parts = known.former_parts("COG")
    of_edition = parts[(parts["territory_id"] == "COM59350") & (parts["vintage"] == "2026")]
    assert set(of_edition["code"]) == {"59350", "59998"}
