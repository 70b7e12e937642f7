"""The store: which build answers, when it moves to a newer one, and what it says when there is none."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from warehouse import store


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OBSERVATORY_DATA", str(tmp_path))
    return tmp_path


def make_current(folder: Path, build_id: str, numbers: int = 3, schema: str = "") -> Path:
    build = folder / f"observatory-{build_id}.duckdb"
    with duckdb.connect(build) as connection:
        connection.execute("CREATE TABLE build (build_id VARCHAR, built_at TIMESTAMP, schema_digest VARCHAR)")
        stamp = [build_id, schema or store.schema_digest()]
        connection.execute("INSERT INTO build VALUES (?, TIMESTAMP '2026-04-09 12:00:00', ?)", stamp)
        connection.execute(f"CREATE TABLE number AS SELECT * FROM range({numbers}) AS r(n)")
    (folder / "current.new").write_text(f"{build.name}\n")
    (folder / "current.new").replace(folder / "current")
    return build


def test_the_build_in_force_is_the_one_current_names(folder: Path) -> None:
    build = make_current(folder, "one")
    assert store.current_build() == build
    assert store.state() == store.Ready(build)
    assert store.build_stamp().build_id == "one"
    assert store.build_stamp().built_at.isoformat() == "2026-04-09T12:00:00"


def test_a_newer_build_answers_without_a_restart(folder: Path) -> None:
    make_current(folder, "one", numbers=3)
    before = store.connection()
    assert len(store.query("FROM number")) == 3
    make_current(folder, "two", numbers=5)
    assert len(store.query("FROM number")) == 5
    assert store.build_stamp().build_id == "two"
    with before.cursor() as cursor:  # a page that was reading goes on reading what it began with
        assert cursor.execute("SELECT count(*) FROM number").fetchone() == (3,)


def test_parameters_are_bound(folder: Path) -> None:
    make_current(folder, "one")
    assert list(store.query("SELECT n FROM number WHERE n > ? ORDER BY n", [0])["n"]) == [1, 2]
    assert list(store.query("SELECT n FROM number WHERE n = $n", {"n": 2})["n"]) == [2]


def test_an_answer_belongs_to_the_one_who_asked(folder: Path) -> None:
    make_current(folder, "one")
    mine = store.query("SELECT n FROM number ORDER BY n")
    mine.loc[0, "n"] = 99
    assert list(store.query("SELECT n FROM number ORDER BY n")["n"]) == [0, 1, 2]


def test_a_remembered_question_is_worked_out_once_a_build(folder: Path) -> None:
    worked_out: list[int] = []

    @store.remembered
    def total(above: int) -> int:
        worked_out.append(above)
        return int(store.query("SELECT n FROM number WHERE n > ?", [above])["n"].sum())

    make_current(folder, "one", numbers=3)
    assert [total(0), total(0), total(1)] == [3, 3, 2]
    make_current(folder, "two", numbers=4)
    assert total(0) == 6
    assert worked_out == [0, 1, 0]


def test_many_threads_may_ask_at_once(folder: Path) -> None:
    make_current(folder, "one")

    def ask(number: int) -> pd.DataFrame:
        return store.query("SELECT n + ? AS n FROM number ORDER BY n", [number])

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(64)))
    assert [answer["n"][0] for answer in answers] == list(range(64))


def test_nothing_can_be_written_or_read_beside_the_build(folder: Path) -> None:
    make_current(folder, "one")
    (folder / "other.csv").write_text("a\n1\n")
    with pytest.raises(duckdb.Error, match="read-only"):
        store.query("CREATE TABLE more AS SELECT 1")
    with pytest.raises(duckdb.PermissionException):
        store.query("FROM read_csv(?)", [str(folder / "other.csv")])


def test_without_a_build_one_is_told_what_to_run(folder: Path) -> None:
    with pytest.raises(store.NoBuild, match="python -m etl build"):
        store.query("FROM number")
    assert isinstance(store.state(), store.Missing)
    (folder / "current").write_text("observatory-gone.duckdb")
    with pytest.raises(store.NoBuild, match=r"observatory-gone\.duckdb"):
        store.current_build()


def test_a_damaged_build_is_no_build(folder: Path) -> None:
    (folder / "observatory-bad.duckdb").write_bytes(b"not a database" * 1000)
    (folder / "current").write_text("observatory-bad.duckdb")
    with pytest.raises(store.NoBuild, match="cannot be opened"):
        store.build_stamp()


def test_a_build_made_for_other_tables_is_none_until_ours_is_made(folder: Path) -> None:
    make_current(folder, "former", schema="other tables")
    (folder / store.BUILDING).touch()
    assert store.state() == store.Building()
    (folder / store.BUILDING).unlink()
    with pytest.raises(store.NoBuild, match="another version of the code"):
        store.query("FROM number")
    build = make_current(folder, "ours")
    assert store.state() == store.Ready(build)


def test_a_first_build_under_way_is_told_from_one_that_failed(folder: Path) -> None:
    (folder / store.BUILDING).touch()
    (folder / store.BUILD_LOG).write_text("")
    assert store.state() == store.Building()
    (folder / store.BUILD_LOG).write_text("some trace\nstatbel: TF_SOC.txt: the column CD_REFNIS vanished\n")
    (folder / store.BUILDING).unlink()
    assert store.state() == store.Missing("statbel: TF_SOC.txt: the column CD_REFNIS vanished")


def test_a_newer_build_that_failed_leaves_the_former_in_force_and_says_why(folder: Path) -> None:
    build = make_current(folder, "one")
    log = folder / store.BUILD_LOG
    log.write_text("a rate of 140 %\n")
    later = (folder / store.CURRENT).stat().st_mtime_ns + 1_000_000_000
    os.utime(log, ns=(later, later))
    assert store.state() == store.Ready(build, refused="a rate of 140 %")
    make_current(folder, "two")
    os.utime(folder / store.CURRENT, ns=(later + 1, later + 1))
    assert store.state() == store.Ready(folder / "observatory-two.duckdb")
