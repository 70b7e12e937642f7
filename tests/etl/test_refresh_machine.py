"""What the machine does to a refresh: a full disk, a kill, another refresh, a clock that is set back."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.etl.refreshing import NEWER_POPULATION, POPULATION, RATE, Refreshing
from tests.etl.small_world import RATE_TSV
from tests.replay import answers
from tests.replay.answers import data
from tests.server import ROOT

NEWER_RATE = RATE_TSV.replace("8.9", "9.0").encode()
# Minutes of work for the database: the build has begun, and will not end by itself.
NEVER_DONE = """\
-- A rule that takes for ever
-- wait
SELECT count(*) AS pairs FROM range(10000000) AS a, range(10000000) AS b
WHERE a.range + b.range = -1 HAVING pairs > 0
"""


def started(refreshing: Refreshing, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.etl.refresh_process", str(refreshing.small.root), *more],
        cwd=ROOT,
        env={**os.environ, "OBSERVATORY_DATA": str(refreshing.data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(folder: Path, pattern: str) -> None:
    deadline = time.monotonic() + 60
    while not list(folder.glob(pattern)):
        assert time.monotonic() < deadline, f"no {pattern}"
        time.sleep(0.02)


def test_a_refresh_killed_in_mid_build_loses_nothing_and_the_next_one_goes_on(refreshing: Refreshing) -> None:
    before = refreshing.bytes_of("rate"), (refreshing.data / "current").read_text()
    checks = refreshing.small.root / "checks"
    shutil.copytree(refreshing.world.checks, checks)
    (checks / "never_done.sql").write_text(NEVER_DONE)
    refreshing.replay.serve(RATE, data(NEWER_RATE))
    process = started(refreshing)
    wait_for(refreshing.data, "observatory-*.part")
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=10)
    assert (refreshing.bytes_of("rate"), (refreshing.data / "current").read_text()) == before

    shutil.rmtree(checks)

    assert refreshing.refresh()["rate"]["outcome"] == "new", "the lock of a dead process holds nobody up"
    assert ("FRE1", "2025", 9.0) in refreshing.figures("rate")
    assert not list(refreshing.data.glob("*.part*")), "and what it left is cleared away"


def test_a_kill_between_the_two_moves_of_a_snapshot_is_completed_by_the_next_build(
    refreshing: Refreshing,
) -> None:
    folder = refreshing.data / "snapshots/eurostat/rate"
    shutil.copytree(folder, folder.with_name("rate.next"))
    shutil.rmtree(folder)

    assert refreshing.refresh()["rate"]["outcome"] == "unchanged"
    assert ("FRE1", "2025", 8.9) in refreshing.figures("rate")
    assert not folder.with_name("rate.next").exists()


def test_two_refreshes_at_once_are_one_and_a_line(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, answers.silent_after(NEWER_RATE, 20))
    first = threading.Thread(target=lambda: started(refreshing).communicate(timeout=60))
    first.start()
    wait_for(refreshing.data, "incoming")
    while not refreshing.replay.at(RATE):
        time.sleep(0.01)

    code, _, err = refreshing.run("refresh")

    assert code == 1
    assert err == [f"{refreshing.data / 'refresh.lock'}: another refresh is under way. Wait for it to end."]
    first.join()


@pytest.mark.parametrize("most_bytes", [50, 100_000], ids=["of a download", "of a build"])
def test_a_full_disk_stops_the_refresh_and_spoils_nothing(refreshing: Refreshing, most_bytes: int) -> None:
    before = refreshing.bytes_of("rate"), (refreshing.data / "current").read_text()
    refreshing.replay.serve(RATE, data(NEWER_RATE))

    process = started(refreshing, str(most_bytes))
    _, said = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "rate" in said
    assert "Traceback" not in said
    assert (refreshing.bytes_of("rate"), (refreshing.data / "current").read_text()) == before
    assert not list(refreshing.data.glob("*.part*"))
    assert refreshing.refresh()["rate"]["outcome"] == "new", "with room again it goes on"


def test_a_clock_that_went_back_holds_nothing_up(refreshing: Refreshing) -> None:
    """Everything here was made in 2090, says the clock of then; now it is set right."""
    log = refreshing.data / "fetch_log.jsonl"
    later = datetime.datetime(2090, 1, 1, tzinfo=datetime.UTC)
    lines = [json.loads(line) | {"at": later.isoformat()} for line in log.read_text().splitlines()]
    log.write_text("".join(json.dumps(line) + "\n" for line in lines))
    for file in refreshing.data.glob("*"):
        os.utime(file, (later.timestamp(), later.timestamp()))
    refreshing.replay.serve(POPULATION, data(NEWER_POPULATION))

    assert refreshing.refresh()["population"]["outcome"] == "new"

    assert ("BE32", "2025", 1369742.0) in refreshing.figures("population")
    code, out, _ = refreshing.run("status", "--json")
    assert code == 0
    status = {row["dataset"]: row for row in json.loads(out)}
    assert status["population"]["last_attempt"] < "2090", "the last line is the last attempt"
    assert status["rate"]["age_days"] is None or status["rate"]["age_days"] >= 0


def test_a_log_that_cannot_be_written_stops_nothing(
    refreshing: Refreshing, caplog: pytest.LogCaptureFixture
) -> None:
    log = refreshing.data / "fetch_log.jsonl"
    log.unlink()
    log.mkdir()
    refreshing.replay.serve(POPULATION, data(NEWER_POPULATION))

    assert refreshing.refresh()["population"]["outcome"] == "new"
    assert "the attempt on population is not in" in caplog.text


def test_a_line_of_the_log_that_was_cut_spoils_no_other(refreshing: Refreshing) -> None:
    log = refreshing.data / "fetch_log.jsonl"
    log.write_text(log.read_text() + '{"dataset_id": "rate", "at": "20')
    refreshing.refresh()

    code, out, _ = refreshing.run("status", "--json")

    assert code == 0
    assert all(row["last_success"] for row in json.loads(out))


@pytest.mark.parametrize("name", ["rate-0001.txt", "lock.toml"])
def test_a_snapshot_that_was_damaged_is_made_good_by_the_next_refresh(
    refreshing: Refreshing, name: str
) -> None:
    good = refreshing.bytes_of("rate")
    file = refreshing.data / "snapshots/eurostat/rate" / name
    file.write_bytes(file.read_bytes()[:-20])

    assert refreshing.refresh()["rate"]["outcome"] == "new"

    assert refreshing.bytes_of("rate")["rate-0001.txt"] == good["rate-0001.txt"]
    (asked,) = refreshing.replay.at(RATE)
    assert "if-modified-since" not in asked.headers, "what is damaged is not asked about, but asked for"
