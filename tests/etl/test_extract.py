from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import duckdb
import pytest

from etl import extract as extract_module
from etl.build import BuildFailed
from etl.declaration import Dataset
from etl.errors import DoesNotExist, SourceError, WrongRequest
from etl.extract import extract
from etl.lock import Lock, read_lock
from etl.world import declarations
from tests.etl.small_world import POPULATION_TSV, WORDS, SmallWorld

TODAY = date(2026, 4, 10)

DENSITY_TOML = f"""\
provider = "eurostat"
format = "tsv"
homepage = "https://ec.europa.eu/eurostat/databrowser/view/demo_r_d3dens/default/table"
url = "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/data/demo_r_d3dens?format=TSV"
archive = "demo_r_d3dens*.tsv"
vintage = "2023-11"
frequency = "annual"
[title]
{WORDS}
[keep]
unit = ["PER_KM2"]
[places]
column = "geo"
scheme = "NUTS"
keep = ["FR", "BE"]
[period]
form = "year"
first = "2020"
[[indicator]]
id = "density"
theme = "population"
kind = "rate"
unit = "NR"
decimals = 1
[indicator.label]
{WORDS}
[indicator.description]
{WORDS}
"""

DENSITY_TSV = """\
unit,geo\\time\t2021 \t2020 \t2019
PER_KM2,BE32\t357.7 \t357.9 b\t357.2
PER_KM2,FRE1\t: u\t328.9 e\t328.1
PER_KM2,LU\t247.1 \t243.8 \t239.8
"""


def only(small: SmallWorld, name: str) -> Dataset:
    return next(each for each in declarations(small.world).datasets if each.dataset_id == name)


def cut(small: SmallWorld, name: str, today: date = TODAY) -> Lock:
    return extract(only(small, name), small.archive, small.world.layers, today)


@pytest.fixture
def density(small: SmallWorld) -> SmallWorld:
    """The small world with one declaration more, and its official file in the archive."""
    small.declare("demo_r_d3dens", DENSITY_TOML)
    small.archive.mkdir()
    (small.archive / "demo_r_d3dens.tsv").write_text(DENSITY_TSV)
    return small


def embedded(small: SmallWorld, suffix: str = ".csv") -> Path:
    return small.root / f"embedded/eurostat/demo_r_d3dens{suffix}"


def test_a_dataset_in_a_known_format_is_added_by_one_toml_file_alone(density: SmallWorld) -> None:
    cut(density, "demo_r_d3dens")

    with duckdb.connect(density.build(), read_only=True) as connection:
        figures = connection.execute(
            "SELECT territory_id, period, value, status FROM observation WHERE indicator_id = 'density'"
        ).fetchall()
    assert figures == [
        ("BE32", "2020", 357.9, "B"),
        ("FRE1", "2020", 328.9, "E"),
        ("BE32", "2021", 357.7, "A"),
        ("FRE1", "2021", None, "O"),
    ]


def test_an_extract_holds_what_the_declaration_keeps_and_nothing_it_can_restore(density: SmallWorld) -> None:
    cut(density, "demo_r_d3dens")

    assert embedded(density).read_text() == (
        "geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
        "BE32,2020,357.9,b\n"
        "BE32,2021,357.7,\n"
        "FRE1,2020,328.9,e\n"
        "FRE1,2021,,u\n"
    )


def test_a_code_that_enters_whole_does_not_bring_those_below_it(density: SmallWorld) -> None:
    text = DENSITY_TOML.replace('keep = ["FR", "BE"]', 'keep = ["FR"]\ncodes = ["LU", "BE"]')
    density.declare("demo_r_d3dens", text)
    cut(density, "demo_r_d3dens")

    codes = {line.partition(",")[0] for line in embedded(density).read_text().splitlines()[1:]}
    assert codes == {"FRE1", "LU"}


def test_the_lock_says_what_the_extract_was_cut_from(density: SmallWorld) -> None:
    cut(density, "demo_r_d3dens")

    assert read_lock(embedded(density, ".lock.toml")) == Lock(
        provider="eurostat",
        dataset="demo_r_d3dens",
        vintage="2023-11",
        url="https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/data/demo_r_d3dens?format=TSV",
        licence="CC BY 4.0",
        origin="archive",
        sha256=hashlib.sha256(DENSITY_TSV.encode()).hexdigest(),
        bytes=len(DENSITY_TSV),
        source_rows=9,
        rows=4,
        extracted_at=TODAY,
    )


def test_cutting_the_same_bytes_again_changes_no_lock(density: SmallWorld) -> None:
    cut(density, "demo_r_d3dens")
    before = embedded(density, ".lock.toml").read_bytes()

    cut(density, "demo_r_d3dens", today=date(2026, 5, 1))

    assert embedded(density, ".lock.toml").read_bytes() == before


def test_several_files_of_one_dataset_are_read_one_after_the_other(density: SmallWorld) -> None:
    density.declare("demo_r_d3dens", DENSITY_TOML.replace('first = "2020"', ""))
    header, belgium, france, _ = DENSITY_TSV.splitlines(keepends=True)
    (density.archive / "demo_r_d3dens.tsv").write_text(header + belgium)
    (density.archive / "demo_r_d3dens_fr.tsv").write_text(header + france)

    assert cut(density, "demo_r_d3dens").rows == 6


def test_a_missing_official_file_is_named(density: SmallWorld) -> None:
    (density.archive / "demo_r_d3dens.tsv").rename(density.archive / "renamed.tsv")

    with pytest.raises(DoesNotExist, match=r"demo_r_d3dens: no file matches 'demo_r_d3dens\*\.tsv'"):
        cut(density, "demo_r_d3dens")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("unit,geo", "einheit,geo", "column 'unit' is not in the source"),
        ("PER_KM2", "HAB_KM2", "no row is kept"),
    ],
)
def test_a_renamed_column_or_code_is_named(density: SmallWorld, old: str, new: str, said: str) -> None:
    (density.archive / "demo_r_d3dens.tsv").write_text(DENSITY_TSV.replace(old, new))

    with pytest.raises(SourceError, match=said) as refused:
        cut(density, "demo_r_d3dens")

    assert refused.value.dataset == "demo_r_d3dens"
    assert not embedded(density).exists()


def test_extracts_that_outgrow_their_room_are_refused(
    density: SmallWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract_module, "LIMIT", 100)

    with pytest.raises(WrongRequest, match="over 100"):
        cut(density, "demo_r_d3dens")

    assert not embedded(density).exists()


def test_a_refreshed_snapshot_lies_above_the_extract(density: SmallWorld) -> None:
    cut(density, "demo_r_d3dens")
    density.refresh("demo_r_d3dens", DENSITY_TSV.replace("357.7", "358.1").encode())

    with duckdb.connect(density.build(), read_only=True) as connection:
        newest = "SELECT value FROM observation WHERE indicator_id = 'density' AND period = '2021'"
        assert connection.execute(newest).fetchone() == (358.1,)


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("BE32,2020,357.9,b\n", "the extract has 1 rows, its lock says 4"),
        ("BE32,2020,35", "row 2: the extract ends in the middle of a line"),
    ],
)
def test_a_cut_extract_is_told_from_its_lock(density: SmallWorld, rest: str, said: str) -> None:
    cut(density, "demo_r_d3dens")
    embedded(density).write_text("geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n" + rest)

    with pytest.raises(BuildFailed, match=f"^demo_r_d3dens, {embedded(density)}.*{said}"):
        density.build()


def test_a_lock_of_another_dataset_is_refused(density: SmallWorld) -> None:
    cut(density, "demo_r_d3dens")
    locked = embedded(density, ".lock.toml")
    locked.write_text(locked.read_text().replace('dataset = "demo_r_d3dens"', 'dataset = "population"'))

    with pytest.raises(BuildFailed, match="its lock is of eurostat/population"):
        density.build()


def test_the_archive_of_the_small_world_is_extracted_like_any_other(small: SmallWorld) -> None:
    small.archive.mkdir()
    (small.archive / "population.tsv").write_text(POPULATION_TSV)

    lock = cut(small, "population")

    assert (lock.source_rows, lock.rows) == (10, 6)
