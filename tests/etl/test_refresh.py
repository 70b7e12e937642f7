"""A refresh that goes well: what is asked, what is kept, what the site shows afterwards."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.declaration import ETL
from etl.vintages import former_snapshots, put_in_force
from etl.world import declarations
from tests.etl.refreshing import NEWER_POPULATION, POPULATION, RATE, Refreshing
from tests.etl.small_world import POPULATION_TSV, RATE_TSV
from tests.replay.answers import data
from tests.server import serving
from warehouse import store


def test_a_first_refresh_brings_the_figures_with_their_source(refreshing: Refreshing) -> None:
    assert refreshing.figures("population") == [
        ("BE32", "2024", 1364549.0),
        ("BE32", "2025", 1369741.0),
        ("FRE1", "2024", 4069970.0),
        ("FRE1", "2025", None),
    ]
    lock = refreshing.lock("rate")
    assert lock.url == f"{refreshing.replay.url}{RATE}"
    assert (lock.origin, lock.vintage, str(lock.published_at)) == ("api", "2026-04", "2026-04-09")
    assert (lock.source_rows, lock.rows) == (4, 4)


def test_a_refresh_in_which_nothing_changed_asks_once_a_dataset_and_builds_nothing(
    refreshing: Refreshing,
) -> None:
    current = (refreshing.data / "current").stat().st_mtime_ns
    before = refreshing.bytes_of("rate"), sorted(refreshing.data.glob("*.duckdb"))

    results = refreshing.refresh()

    assert {row["outcome"] for row in results.values()} == {"unchanged"}
    (population,), (rate,) = refreshing.replay.at(POPULATION), refreshing.replay.at(RATE)
    assert population.headers["if-none-match"] == '"1"'
    assert rate.headers["if-modified-since"] == "Thu, 09 Apr 2026 09:00:00 GMT"
    assert (refreshing.bytes_of("rate"), sorted(refreshing.data.glob("*.duckdb"))) == before
    assert (refreshing.data / "current").stat().st_mtime_ns == current


def test_a_provider_that_names_no_edition_is_known_by_its_bytes(refreshing: Refreshing) -> None:
    """Neither ETag nor Last-Modified: the same bytes come again, and the lock stays as it was written."""
    refreshing.replay.serve(RATE, data(RATE_TSV.encode()))
    before = refreshing.bytes_of("rate"), sorted(refreshing.data.glob("*.duckdb"))
    written = (refreshing.data / "snapshots/eurostat/rate/lock.toml").stat().st_mtime_ns

    assert refreshing.refresh("rate")["rate"]["outcome"] == "unchanged"

    assert (refreshing.bytes_of("rate"), sorted(refreshing.data.glob("*.duckdb"))) == before
    assert (refreshing.data / "snapshots/eurostat/rate/lock.toml").stat().st_mtime_ns == written


def test_of_two_files_both_are_asked_for_where_one_is_newer(refreshing: Refreshing) -> None:
    """They have to be of one edition: what one refresh keeps is never mixed from two."""
    file = refreshing.small.root / "datasets/eurostat/rate.toml"
    file.write_text(file.read_text().replace('path = "data/rate"', 'path = ["data/rate", "data/more"]'))
    more = "/melodi/data/more"
    refreshing.replay.serve(RATE, data(RATE_TSV.encode(), etag='"1"'))
    refreshing.replay.serve(more, data(b"geo\\time\t2025 \nFRE\t5.0 \n", etag='"1"'))
    assert refreshing.refresh("rate")["rate"]["rows"] == 5
    refreshing.replay.forget()
    refreshing.replay.serve(RATE, data(RATE_TSV.encode(), etag='"1"'))
    refreshing.replay.serve(more, data(b"geo\\time\t2025 \nFRE\t6.0 \n", etag='"2"'))

    assert refreshing.refresh("rate")["rate"]["outcome"] == "new"

    assert len(refreshing.replay.at(RATE)) == 2, "asked whether it is newer, then for the whole"
    assert {("FRE", "2025", 6.0), ("FRE1", "2025", 8.9)} <= set(refreshing.figures("rate"))


def test_a_newer_edition_is_shown_and_the_former_is_kept(refreshing: Refreshing) -> None:
    former = refreshing.bytes_of("population")
    refreshing.replay.serve(POPULATION, data(NEWER_POPULATION))

    results = refreshing.refresh()

    assert results["population"]["outcome"] == "new"
    assert ("BE32", "2025", 1369742.0) in refreshing.figures("population")
    (kept,) = (refreshing.data / "vintages/eurostat/population").iterdir()
    assert {file.name: file.read_bytes() for file in kept.iterdir()} == former


def test_diff_says_which_published_figures_were_revised(refreshing: Refreshing) -> None:
    revised = POPULATION_TSV.replace("1369741", "1369742").replace("\t: u", "\t4070001 p")
    refreshing.replay.serve(POPULATION, data(revised.encode()))
    refreshing.refresh()

    code, out, _ = refreshing.run("diff", "population", "--json")

    assert code == 0
    changes = {
        (row["territory_id"], row["period"]): (
            row["change"], row["value_before"], row["value_after"], row["status_before"], row["status_after"]
        )
        for row in json.loads(out)["observation"]
    }  # fmt: skip
    assert changes == {
        ("BE32", "2025"): ("revised", 1369741.0, 1369742.0, "A", "A"),
        ("FRE1", "2025"): ("revised", None, 4070001.0, "O", "P"),
    }
    code, out, _ = refreshing.run("diff", "population")
    assert out.startswith("population, observation: 2 revised\n")


def test_diff_without_a_former_edition_says_so(refreshing: Refreshing) -> None:
    code, _, err = refreshing.run("diff", "rate")
    assert code == 1
    assert err[0].startswith("rate: there is no edition before the one in force.")


def test_bytes_that_change_no_figure_keep_no_former_edition(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, data(RATE_TSV.replace("\n", "\r\n").encode()))
    assert refreshing.refresh()["rate"]["outcome"] == "new"
    assert not (refreshing.data / "vintages/eurostat/rate").exists()


def test_no_more_than_twelve_former_editions_are_kept(refreshing: Refreshing) -> None:
    dataset = next(each for each in declarations(refreshing.world).datasets if each.dataset_id == "rate")
    layers = refreshing.world.layers
    for number in range(15):
        incoming = refreshing.data / "incoming" / str(number)
        shutil.copytree(layers.refreshed(dataset), incoming)
        put_in_force(dataset, layers, incoming, keep_former=True)

    assert [folder.name for folder in former_snapshots(dataset, layers)] == [
        f"{number:04d}-2026-04" for number in range(4, 16)
    ]


def test_a_process_that_has_the_build_open_moves_to_the_newer_one(refreshing: Refreshing) -> None:
    refreshing.monkeypatch.setenv("OBSERVATORY_DATA", str(refreshing.data))
    sql = "SELECT value FROM observation WHERE territory_id = 'BE32' AND period = '2025' AND value > 100"
    before = store.build_stamp().build_id
    assert store.query(sql)["value"].tolist() == [1369741.0]
    refreshing.replay.serve(POPULATION, data(NEWER_POPULATION))

    refreshing.refresh()

    assert store.query(sql)["value"].tolist() == [1369742.0]
    assert store.build_stamp().build_id != before


def reg_area3_with(place: str, year: str, value: str) -> str:
    """The embedded extract of reg_area3 as the provider writes it, with one figure of ours."""
    cells: dict[tuple[str, str], dict[str, str]] = {}
    with (ETL / "embedded/eurostat/reg_area3.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            figure = f"{row['OBS_VALUE'] or ':'} {row['OBS_FLAG']}"
            cells.setdefault((row["unit"], row["geo"]), {})[row["TIME_PERIOD"]] = figure
    cells["KM2", place][year] = value
    years = sorted({year for row in cells.values() for year in row})
    header = "landuse,unit,geo\\TIME_PERIOD\t" + "\t".join(years)
    body = (
        f"TOTAL,{unit},{geo}\t" + "\t".join(row.get(year, ": ") for year in years)
        for (unit, geo), row in cells.items()
    )
    return "\n".join([header, *body]) + "\n"


def test_the_running_site_moves_to_what_a_refresh_brought(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    shutil.copy(warehouse, folder)
    (folder / "current").write_text(f"{warehouse.name}\n")
    file = tmp_path / "reg_area3.tsv"
    file.write_text(reg_area3_with("BE", "2017", "30665.5 "))
    with serving(folder) as site:
        site.wait_until_ready()
        before = site.get("/healthz").json()["build"]

        monkeypatch.setenv("OBSERVATORY_DATA", str(folder))
        assert main(["fetch", "--file", str(file), "reg_area3"]) == 0, capsys.readouterr().err

        after = site.get("/healthz").json()
    assert after["status"] == "ok"
    assert after["build"] != before
    assert main(["diff", "reg_area3"]) == 0
    shown = capsys.readouterr().out
    assert "reg_area3, observation: 1 revised" in shown
    assert "30665.5" in shown
