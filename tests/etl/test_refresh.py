"""A refresh that goes well: what is asked, what is kept, what the site shows afterwards."""

from __future__ import annotations

from tests.etl.refreshing import NEWER_POPULATION, POPULATION, RATE, Refreshing
from tests.replay.answers import data


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


def test_a_newer_edition_is_shown_and_the_former_is_kept(refreshing: Refreshing) -> None:
    former = refreshing.bytes_of("population")
    refreshing.replay.serve(POPULATION, data(NEWER_POPULATION))

    results = refreshing.refresh()

    assert results["population"]["outcome"] == "new"
    assert ("BE32", "2025", 1369742.0) in refreshing.figures("population")
    (kept,) = (refreshing.data / "vintages/eurostat/population").iterdir()
    assert {file.name: file.read_bytes() for file in kept.iterdir()} == former
