from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.__main__ import DONE, FAILED, WRONG_USE, main
from etl.build import build
from etl.declaration import ETL


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder for the project's own world."""
    monkeypatch.setenv("OBSERVATORY_DATA", str(tmp_path))
    return tmp_path


def test_list_names_every_declaration(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--json"]) == DONE

    listed = {row["dataset"] for row in json.loads(capsys.readouterr().out)}
    assert listed == {file.stem for file in (ETL / "datasets").glob("*/*.toml")}


def test_build_prints_the_file_that_became_current(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build"]) == DONE

    file = Path(capsys.readouterr().out.strip())
    assert (data / "current").read_text() == f"{file.name}\n"


def test_check_finds_nothing_wrong_with_the_project(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(data)

    assert main(["check"]) == DONE
    assert ", 0 broken" in capsys.readouterr().out
    assert main(["check", "--json"]) == DONE
    assert json.loads(capsys.readouterr().out) == []


def test_check_without_a_build_says_what_to_run(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == FAILED
    assert "python -m etl build" in capsys.readouterr().err


def test_status_tells_the_layer_and_the_edition(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--json"]) == DONE

    status = {row["dataset"]: row for row in json.loads(capsys.readouterr().out)}
    assert status["demo_r_pjanaggr3"]["layer"] == "embedded"
    assert status["demo_r_pjanaggr3"]["vintage"] == "2026-04"
    assert all(row["problem"] is None for row in status.values())


def test_a_failing_dataset_is_one_line_on_stderr(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "snapshots/eurostat/tgs00010").mkdir(parents=True)

    assert main(["build"]) == FAILED

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("tgs00010, ")
    assert "lock.toml is not there" in line
    assert "efresh the dataset" in line


def test_extract_goes_on_after_a_failure_and_exits_with_one(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", "--from", str(tmp_path), "tgs00010", "reg_area3"]) == FAILED

    named = [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()]
    assert named == ["reg_area3", "tgs00010"]


def test_an_unknown_dataset_is_wrong_use(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--from", str(data), "no_such"]) == WRONG_USE
    assert capsys.readouterr().err.startswith("no_such: no such dataset")


@pytest.mark.parametrize("arguments", [[], ["extract"], ["build", "--json"]])
def test_wrong_use_exits_with_two(data: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)

    assert left.value.code == WRONG_USE
