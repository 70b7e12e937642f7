"""How one address is asked: what is waited for, how long at most, and what is asked for again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import client as asking
from etl.client import LONGEST_WAIT, REDIRECTS, Client, Validators
from etl.errors import SourceError, TryAgain, WrongRequest
from etl.request import Endpoint
from tests.replay import answers
from tests.replay.answers import data, status
from tests.replay.server import Replay, replaying

PATH = "/file"
PAUSE = 0.02
HOURS = 7200.0


@pytest.fixture
def replay() -> Iterator[Replay]:
    with replaying() as server:
        yield server


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited."""
    seconds: list[float] = []
    monkeypatch.setattr(asking.time, "sleep", seconds.append)
    return seconds


def endpoint(replay: Replay, total: float = HOURS, limit: int = 1000) -> Endpoint:
    return Endpoint("other", "eurostat", replay.url, PAUSE, 0.5, 0.5, total, limit, limit)


def download(replay: Replay, into: Path, **limits: float) -> Path:
    asked = endpoint(replay, total=limits.get("total", HOURS), limit=int(limits.get("limit", 1000)))
    Client().download(asked, replay.url + PATH, into / "file")
    return into / "file"


@pytest.mark.parametrize(
    ("retry_after", "total", "is_waited_for"),
    [
        (LONGEST_WAIT, HOURS, True),
        (LONGEST_WAIT + 1, HOURS, False),  # longer than we wait for anybody
        (60, 50, False),  # longer than the whole request may take
    ],
)
def test_what_a_server_asks_to_wait_is_waited_within_bounds(
    retry_after: float, total: float, is_waited_for: bool, replay: Replay, slept: list[float], tmp_path: Path
) -> None:
    replay.serve(PATH, status(429, b"", retry_after=str(int(retry_after))), data(b"body"))
    if is_waited_for:
        assert download(replay, tmp_path, total=total).read_bytes() == b"body"
        assert retry_after in slept
    else:
        with pytest.raises(TryAgain, match="429"):
            download(replay, tmp_path, total=total)
        assert len(replay.at(PATH)) == 1
        assert max(slept, default=0) <= PAUSE


def test_without_a_word_each_wait_is_twice_the_one_before(
    replay: Replay, slept: list[float], tmp_path: Path
) -> None:
    replay.serve(PATH, status(503, b""))
    with pytest.raises(TryAgain):
        download(replay, tmp_path)
    assert [wait for wait in slept if wait in (PAUSE, 2 * PAUSE, 4 * PAUSE)] == [PAUSE, 2 * PAUSE, 4 * PAUSE]
    assert len(replay.at(PATH)) == 4


@pytest.mark.parametrize("code", [201, 202, 203, 204, 206])
def test_only_200_brings_a_file(code: int, replay: Replay, slept: list[float], tmp_path: Path) -> None:
    """What a proxy changed, a part of the file or a promise of it would be read as all there is."""
    replay.serve(PATH, status(code, b"" if code == 204 else b"a part of it"))
    with pytest.raises(WrongRequest, match=f"it answers {code}"):
        download(replay, tmp_path)
    assert len(replay.at(PATH)) == 1
    assert not (tmp_path / "file").exists()


def test_a_circle_of_redirects_is_left_after_a_few(
    replay: Replay, slept: list[float], tmp_path: Path
) -> None:
    replay.serve(PATH, answers.redirect(PATH))
    with pytest.raises(TryAgain, match="more than 3 times"):
        download(replay, tmp_path)
    assert len(replay.at(PATH)) == REDIRECTS + 1


@pytest.mark.parametrize(
    "target", ["https://{host}/file", "http://elsewhere.example.org/file", "//elsewhere/file"]
)
def test_a_redirect_to_another_host_or_scheme_is_refused(
    target: str, replay: Replay, slept: list[float], tmp_path: Path
) -> None:
    replay.serve(PATH, answers.redirect(target.format(host=replay.url.partition("//")[2])))
    with pytest.raises(WrongRequest, match="another host, where we do not follow"):
        download(replay, tmp_path)
    assert len(replay.asked) == 1


def test_a_body_cut_twice_is_not_asked_for_a_third_time(
    replay: Replay, slept: list[float], tmp_path: Path
) -> None:
    replay.serve(PATH, answers.cut(b"a" * 100, 20), answers.cut(b"a" * 100, 20), data(b"body"))
    with pytest.raises(TryAgain, match="the body was cut"):
        download(replay, tmp_path)
    assert len(replay.at(PATH)) == 2


def test_a_second_answer_replaces_what_the_first_left(
    replay: Replay, slept: list[float], tmp_path: Path
) -> None:
    replay.serve(PATH, answers.cut(b"a" * 100, 60), data(b"whole"))
    assert download(replay, tmp_path).read_bytes() == b"whole"


def test_a_slow_body_is_left_in_its_middle(replay: Replay, tmp_path: Path) -> None:
    """Not when it ends: a server that sends a byte now and then would hold a refresh for ever."""
    replay.serve(PATH, answers.dripping(b"a" * 200, 0.02))
    with pytest.raises(TryAgain, match=r"it was still sending after 0\.3 s"):
        download(replay, tmp_path, total=0.3)


@pytest.mark.parametrize("answer", [answers.stated_length(b"", 2000), data(b"a" * 2000)])
def test_a_body_beyond_the_limit_is_refused(
    answer: answers.Answer, replay: Replay, slept: list[float], tmp_path: Path
) -> None:
    replay.serve(PATH, answer)
    with pytest.raises(SourceError, match="it sends more than"):
        download(replay, tmp_path)


@pytest.mark.parametrize(
    "answer",
    [
        answers.cut(b"a" * 100, 60),
        answers.dripping(b"a" * 200, 0.02),
        data(b"a" * 2000, content_encoding="x"),
    ],
    ids=["cut", "too slow", "too large, of no stated length"],
)
def test_what_came_of_a_download_that_failed_is_removed(
    answer: answers.Answer, replay: Replay, tmp_path: Path
) -> None:
    replay.serve(PATH, answer)
    with pytest.raises(SourceError):
        download(replay, tmp_path, total=0.3)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (Validators(etag='"a"'), {"if-none-match": '"a"'}),
        (
            Validators(last_modified="Tue, 24 Nov 2026 10:00:00 GMT"),
            {"if-modified-since": "Tue, 24 Nov 2026 10:00:00 GMT"},
        ),
        (Validators(), {}),
    ],
)
def test_only_a_newer_edition_is_asked_for(
    known: Validators, asked: dict[str, str], replay: Replay, slept: list[float], tmp_path: Path
) -> None:
    replay.serve(PATH, status(304))
    answer = Client().download(endpoint(replay), replay.url + PATH, tmp_path / "file", known)
    sent = replay.at(PATH)[0].headers
    conditions = {name: text for name, text in sent.items() if name.startswith("if-")}
    assert (answer.size, conditions) == (None, asked)
    assert not (tmp_path / "file").exists()
