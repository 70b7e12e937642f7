"""Every way a refresh can fail. In each the others are refreshed, the last good figures stay, one line says
what is wrong and what to do, and the command ends with 1; `Refreshing.failing` holds all that."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import shutil
import socket
import time
import zipfile
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from tests.etl.refreshing import RATE, Refreshing
from tests.etl.small_world import RATE_TSV
from tests.replay import answers
from tests.replay.answers import data, status
from tests.replay.server import Answer

BODY = RATE_TSV.encode()
LONGER = (RATE_TSV + "FRZZ\t1.0 \t2.0 \n" * 2000).encode()
PAGE = b"<!DOCTYPE html><html><head><title>Request rejected</title></head><body>Please wait</body></html>"


def moved(refreshing: Refreshing, url: str) -> None:
    """Have the endpoint of `rate` elsewhere."""
    refreshing.monkeypatch.setenv("OBSERVATORY_URL_OTHER", url)


# The connection


def test_a_name_that_is_not_known_is_said(refreshing: Refreshing) -> None:
    moved(refreshing, "https://no-such-host.invalid")
    line = refreshing.failing()
    assert "the name no-such-host.invalid is not known to the network (DNS)" in line
    assert "OBSERVATORY_URL_OTHER" in line


def test_a_refused_connection_is_said(refreshing: Refreshing) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        moved(refreshing, f"http://127.0.0.1:{taken.getsockname()[1]}")
        line = refreshing.failing()
    assert "there is no connection to 127.0.0.1" in line
    assert "refused" in line


@pytest.fixture
def full_queue() -> Iterator[int]:
    """A port whose queue of connections is full: one more is never accepted."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        port = int(listening.getsockname()[1])
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
        yield port
        for each in waiting:
            each.close()


def test_a_connection_that_is_not_accepted_in_time_is_given_up(
    refreshing: Refreshing, full_queue: int
) -> None:
    moved(refreshing, f"http://127.0.0.1:{full_queue}")
    assert "127.0.0.1 did not accept a connection within 0.5 s" in refreshing.failing()


def test_a_server_that_accepts_and_says_nothing_is_given_up(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, answers.silent())
    assert "it gave no answer within 0.4 s" in refreshing.failing()


def test_a_body_that_stops_is_given_up(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, answers.silent_after(BODY, 20))
    assert "it fell silent in mid-body for 0.4 s" in refreshing.failing()


def test_a_body_that_never_ends_is_given_up(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, answers.dripping(LONGER, 0.05))
    assert "it was still sending after 1.5 s" in refreshing.failing()


def test_a_cut_body_is_asked_for_once_more_and_then_given_up(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, answers.cut(BODY, 20))
    assert "the body was cut" in refreshing.failing()
    assert len(refreshing.replay.at(RATE)) == 2


def test_a_body_cut_once_is_made_good_by_the_second_answer(refreshing: Refreshing) -> None:
    newer = RATE_TSV.replace("8.9", "9.0").encode()
    refreshing.replay.serve(RATE, answers.cut(newer, 20), data(newer))
    assert refreshing.refresh()["rate"]["outcome"] == "new"
    assert ("FRE1", "2025", 9.0) in refreshing.figures("rate")


def test_a_length_longer_than_the_body_is_a_cut_body(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, answers.stated_length(BODY, len(BODY) + 100))
    assert "the body was cut" in refreshing.failing()


def test_a_length_shorter_than_the_body_is_seen_in_the_table(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, answers.stated_length(BODY, len(BODY) - 8))
    assert "row 3" in refreshing.failing()


# What the server answers


def test_too_many_requests_are_asked_again_when_it_says(refreshing: Refreshing) -> None:
    newer = RATE_TSV.replace("8.9", "9.0").encode()
    refreshing.replay.serve(RATE, status(429, b"slow down", retry_after="1"), data(newer))
    assert refreshing.refresh()["rate"]["outcome"] == "new"
    first, second = refreshing.replay.at(RATE)
    assert second.at - first.at >= 1.0


def test_a_moment_to_come_back_is_read_by_the_clock_of_the_server(refreshing: Refreshing) -> None:
    newer = RATE_TSV.replace("8.9", "9.0").encode()
    long_ago = time.time() - 3600 * 24 * 365
    later = status(
        503, b"", date=formatdate(long_ago, usegmt=True), retry_after=formatdate(long_ago + 1, usegmt=True)
    )
    refreshing.replay.serve(RATE, later, data(newer))
    assert refreshing.refresh()["rate"]["outcome"] == "new"
    first, second = refreshing.replay.at(RATE)
    assert 0.9 <= second.at - first.at < 10


def test_too_many_requests_without_a_word_are_asked_again_ever_later(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, status(429, b"slow down"))
    assert "it answers 429: “slow down”" in refreshing.failing()
    times = [asked.at for asked in refreshing.replay.at(RATE)]
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert len(times) == 4
    assert all(pause >= least for pause, least in zip(pauses, (0.02, 0.04, 0.08), strict=True))


def test_who_asks_to_wait_for_long_is_left_alone_until_the_next_refresh(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, status(429, b"quota", retry_after="3600"))
    line = refreshing.failing()
    assert "It asks to wait 3,600 s: refresh again later" in line
    assert len(refreshing.replay.at(RATE)) == 1


@pytest.mark.parametrize(
    ("answer", "said", "remedy", "asked"),
    [
        (
            status(500, "Le serveur a rencontré une erreur inattendue.".encode()),
            "it answers 500: “Le serveur a rencontré une erreur inattendue.”",
            "See whether the provider still has the dataset",
            1,
        ),
        (status(503, b"maintenance"), "it answers 503: “maintenance”", "Refresh again later", 4),
        (
            status(404, b'{"error":[{"status":404,"id":100,"label":"ERR_NOT_FOUND_4: RATE"}]}'),
            "ERR_NOT_FOUND_4: RATE",
            "correct `path` in [request]",
            1,
        ),
        (
            status(413, b"<S:Fault><faultstring>EXTRACTION_TOO_BIG: 5000000</faultstring></S:Fault>"),
            "it answers 413: “EXTRACTION_TOO_BIG: 5000000”",
            "Ask for less",
            1,
        ),
        (status(403, b"Forbidden"), "it answers 403", "Correct [request]", 1),
        (
            data(b'{"warning":{"status":413,"label":"ASYNCHRONOUS_RESPONSE. Try later"}}'),
            "the answer is a message, not the data: “ASYNCHRONOUS_RESPONSE. Try later”",
            "Refresh again later",
            1,
        ),
        (data(PAGE), "the file is an HTML page, not the data: “Request rejected”", "etch the file again", 1),
        (data(b""), "the answer is empty, with HTTP 200", "Refresh again later", 1),
        (data(b" \r\n"), "the answer is empty, with HTTP 200", "Refresh again later", 1),
        (data(BODY[:20].split(b"\n")[0] + b"\n"), "a header and no row", "etch the file again", 1),
    ],
    ids=["500", "503", "404", "413", "403", "warning", "html", "empty", "blank", "header only"],
)  # fmt: skip
def test_an_answer_that_is_not_data_is_quoted(
    refreshing: Refreshing, answer: Answer, said: str, remedy: str, asked: int
) -> None:
    refreshing.replay.serve(RATE, answer)
    line = refreshing.failing()
    assert said in line
    assert remedy in line
    assert len(refreshing.replay.at(RATE)) == asked
    assert not list(refreshing.data.rglob("incoming*")), "nothing lies about that is not data"


def test_a_redirect_to_another_host_is_not_followed(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, answers.redirect("https://elsewhere.example.org/rate"))
    line = refreshing.failing()
    assert (
        "it sends us on to https://elsewhere.example.org/rate, another host, where we do not follow" in line
    )


def test_a_redirect_within_the_host_is_followed(refreshing: Refreshing) -> None:
    newer = RATE_TSV.replace("8.9", "9.0").encode()
    refreshing.replay.serve(RATE, answers.redirect("/melodi/new/rate"))
    refreshing.replay.serve("/melodi/new/rate", data(newer))
    assert refreshing.refresh()["rate"]["outcome"] == "new"


def test_a_redirect_in_a_circle_ends(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, answers.redirect(RATE))
    assert "it sends us on more than 3 times" in refreshing.failing()


def test_a_file_beyond_the_size_allowed_is_refused_before_it_is_read(refreshing: Refreshing) -> None:
    refreshing.replay.serve(RATE, answers.stated_length(b"", 600_000))
    assert "it sends more than the 0 MB that are allowed" in refreshing.failing()


def test_a_file_that_does_not_say_how_large_it_is_is_refused_at_the_limit(refreshing: Refreshing) -> None:
    body = gzip.compress(b"x" * 600_000)
    refreshing.replay.serve(RATE, data(body, content_encoding="gzip"))
    assert "it sends more than the 0 MB that are allowed" in refreshing.failing()


# What is in the file


def zipped(name: str, body: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return content.getvalue()


def serve_a_zip(refreshing: Refreshing) -> None:
    """`rate` as a table in a zip, refreshed once."""
    file = refreshing.small.root / "datasets/eurostat/rate.toml"
    reader = '[request.reader]\nmember = "*.txt"\ncolumns = { time = "TIME_PERIOD", value = "OBS_VALUE" }\n'
    file.write_text(file.read_text() + 'format = "delimited"\n' + reader)
    refreshing.small.forget("rate")
    refreshing.replay.serve(RATE, data(zipped("rate.txt", b"geo,time,value,OBS_FLAG\nFRE1,2025,8.9,\n")))
    assert refreshing.refresh()["rate"]["outcome"] == "new"


def test_a_page_where_a_zip_is_due_is_said(refreshing: Refreshing) -> None:
    serve_a_zip(refreshing)
    refreshing.replay.serve(RATE, data(PAGE))
    assert "the file is an HTML page, not the data" in refreshing.failing()


def test_something_else_where_a_zip_is_due_is_said(refreshing: Refreshing) -> None:
    serve_a_zip(refreshing)
    refreshing.replay.serve(RATE, data(b"%PDF-1.7 and so on"))
    line = refreshing.failing()
    assert "a zip is due, and the answer begins with '%PDF-1.7 and'" in line
    assert "python -m etl fetch --file PATH DATASET" in line


def test_a_bomb_is_refused_at_the_limit(refreshing: Refreshing) -> None:
    serve_a_zip(refreshing)
    refreshing.replay.serve(RATE, data(zipped("rate.txt", bytes(50_000_000))))
    assert "it unpacks to more than the 1 MB that are allowed" in refreshing.failing()


def test_a_member_whose_path_leads_out_of_the_zip_is_refused(refreshing: Refreshing, tmp_path: Path) -> None:
    serve_a_zip(refreshing)
    refreshing.replay.serve(RATE, data(zipped("../../../rate.txt", BODY)))
    assert "a member '../../../rate.txt', whose path leads out of it" in refreshing.failing()
    assert not list(tmp_path.rglob("rate.txt"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("geo\\time", "region\\time", "column 'geo' is not in the source"),
        ("geo\\time", "sex,geo\\time", "sex"),
        ("geo\\time\t2025 \t2024 \n", "geo\\time\t2025 \n", "cells where the header has"),
        ("7.6 d", "7.6 q", "row 3: flag 'q'"),
        ("FRE1", "FRE9", "row 2: territory code 'FRE9' of NUTS is unknown"),
        ("8.9 ", "140 ", "row 2: rate = 140 is outside 0.0 to 100.0"),
        ("BE32", "FRE1", "row 3: the key (rate, 2025, _T, _T, _T, FRE1) occurs twice"),
        ("8.9 ", "8,9 ", "row 2"),
        ("FRE1\t8.9 \t9.4 bu\n", "", "1 territories lost every figure of rate: FRE1"),
        ("FRE1\t8.9 \t9.4 bu\nBE32\t7.6 d\t: c\n", "", "the file has a header and no row"),
    ],
    ids=[
        "a header that changed", "another column", "a lost column", "a new flag", "a new territory code",
        "a value out of range", "a row twice", "a decimal comma", "a territory that vanished",
        "no row at all",
    ],
)  # fmt: skip
def test_a_file_that_is_not_as_declared_is_refused_with_its_row(
    refreshing: Refreshing, old: str, new: str, said: str
) -> None:
    assert old in RATE_TSV
    refreshing.replay.serve(RATE, data(RATE_TSV.replace(old, new).encode()))
    line = refreshing.failing()
    assert f"{refreshing.replay.url}{RATE}" in line
    assert said in line
    assert (refreshing.data / "refused/eurostat/rate/rate-0001.txt").is_file()


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + BODY.replace(b"8.9", b"9.0"),
        BODY.replace(b"8.9", b"9.0").replace(b"\n", b"\r\n"),
        gzip.compress(BODY.replace(b"8.9", b"9.0")),
        BODY.replace(b"8.9", b"9.0") + "FRZZ\t: \t: ".encode("latin-1"),
    ],
    ids=["a byte order mark", "CRLF", "gzip without Content-Encoding", "no end of line"],
)
def test_another_dress_of_the_same_table_is_read(refreshing: Refreshing, body: bytes) -> None:
    refreshing.replay.serve(RATE, data(body))
    assert refreshing.refresh()["rate"]["outcome"] == "new"
    assert ("FRE1", "2025", 9.0) in refreshing.figures("rate")


def test_a_file_that_shrank_by_half_is_taken_for_a_cut_one(refreshing: Refreshing) -> None:
    years = "\t".join(f"{year} " for year in range(2025, 2015, -1))
    whole = f"geo\\time\t{years}\n" + "".join(
        f"{place}\t" + "\t".join("8.9 " for _ in range(10)) + "\n" for place in ("FRE1", "BE32")
    )
    cut = "\n".join("\t".join(line.split("\t")[:5]) for line in whole.splitlines()) + "\n"
    refreshing.replay.serve(RATE, data(whole.encode()))
    assert refreshing.refresh()["rate"]["rows"] == 20
    refreshing.replay.serve(RATE, data(cut.encode()))

    line = refreshing.failing()

    assert "it has 8 rows where there were 20" in line
    assert "python -m etl refresh --accept DATASET" in line
    assert refreshing.refresh("--accept", "rate")["rate"]["rows"] == 8, "somebody looked at it"


def test_a_rule_of_the_build_that_one_dataset_breaks_stops_that_one_only(refreshing: Refreshing) -> None:
    """A rule over several datasets, which no file breaks by itself."""
    checks = refreshing.small.root / "checks"
    shutil.copytree(refreshing.world.checks, checks)
    (checks / "rate_is_not_nine.sql").write_text(
        "-- The rate is not nine\n-- look at the source\n"
        "SELECT * FROM observation WHERE indicator_id = 'rate' AND value = 9.0\n"
    )
    refreshing.replay.serve(RATE, data(BODY.replace(b"8.9", b"9.0")))

    assert "check rate_is_not_nine: The rate is not nine. 1 row breaks it" in refreshing.failing()


def cube(geo: list[str], values: dict[str, float]) -> bytes:
    """JSON-stat in its documented shape: one year, the places of `geo`."""
    index = {code: place for place, code in enumerate(geo)}
    dimensions = {"geo": {"category": {"index": index}}, "time": {"category": {"index": {"2025": 0}}}}
    size = [len(geo), 1]
    answer = {"version": "2.0", "class": "dataset", "id": ["geo", "time"], "size": size}
    return json.dumps(answer | {"dimension": dimensions, "value": values}).encode()


def serve_a_form(refreshing: Refreshing, request: str, good: bytes) -> None:
    """`rate` in another form than TSV, refreshed once."""
    file = refreshing.small.root / "datasets/eurostat/rate.toml"
    file.write_text(file.read_text() + request)
    refreshing.small.forget("rate")
    refreshing.replay.serve(RATE, data(good))
    assert refreshing.refresh()["rate"]["outcome"] == "new"


@pytest.mark.parametrize(
    ("geo", "said"),
    [([], "no `geo` is what was asked for"), (["FRE1"], "no cell has a figure or a flag")],
    ids=["no place", "no value"],
)
def test_an_answer_without_a_single_figure_is_refused(
    refreshing: Refreshing, geo: list[str], said: str
) -> None:
    """What Eurostat answers, with HTTP 200, to a value of a dimension that it does not know."""
    serve_a_form(refreshing, 'format = "json_stat"\n', cube(["FRE1"], {"0": 8.9}))
    refreshing.replay.serve(RATE, data(cube(geo, {})))
    line = refreshing.failing()
    assert said in line
    assert "[request]" in line


TABLE = (
    'format = "delimited"\n[request.reader]\nseparator = ";"\n'
    'columns = { place = "geo", "année" = "TIME_PERIOD", v = "OBS_VALUE", drapeau = "OBS_FLAG" }\n'
)
ROWS = "place;année;v;drapeau\nFRE1;2025;8.9;\n"


@pytest.mark.parametrize(
    "body",
    [
        ROWS.replace("8.9", "9.0").encode("latin-1"),
        ROWS.replace("8.9", "9.0").encode("utf-8-sig"),
        ROWS.replace("8.9", "9.0").replace("drapeau\n", "drapeau;note\n").replace(";\n", ";;bis\n").encode(),
    ],
    ids=["latin-1", "UTF-8 with a byte order mark", "another column"],
)
def test_a_table_in_another_encoding_or_with_another_column_is_read(
    refreshing: Refreshing, body: bytes
) -> None:
    serve_a_form(refreshing, TABLE, ROWS.encode())
    refreshing.replay.serve(RATE, data(body))
    assert refreshing.refresh()["rate"]["outcome"] == "new"
    assert refreshing.figures("rate") == [("FRE1", "2025", 9.0)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("8.9", "8,9", "row 2"),
        (";drapeau\n", "\n", "drapeau"),
        ("année", "annee", "the column 'année' is not there; the source has place, annee"),
    ],
    ids=["a decimal comma", "a lost column", "a renamed column"],
)
def test_a_table_that_lost_its_form_is_refused(refreshing: Refreshing, old: str, new: str, said: str) -> None:
    serve_a_form(refreshing, TABLE, ROWS.encode())
    body = ROWS.replace(old, new)
    refreshing.replay.serve(RATE, data(body.replace(";\n", "\n").encode() if new == "\n" else body.encode()))
    assert said in refreshing.failing()
