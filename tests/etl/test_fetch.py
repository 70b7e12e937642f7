"""How a provider is asked: who we are, how often, page by page, waiting in its queue, and only if needed."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from etl.catalogue import is_up_to_date, read_catalogue
from etl.client import Client
from etl.errors import TryAgain
from etl.lock import Lock
from etl.request import Endpoint
from tests.etl.refreshing import POPULATION, RATE, Refreshing
from tests.etl.small_world import POPULATION_TSV, RATE_TSV, lock
from tests.replay.answers import data, status

NEWER = POPULATION_TSV.replace("1369741", "1369742").encode()
TOC = "/eurostat/api/dissemination/catalogue/toc/txt"
QUEUE = "/eurostat/api/dissemination/1.0/async"


def test_we_say_who_asks_and_how_to_reach_them(refreshing: Refreshing) -> None:
    refreshing.monkeypatch.setenv("OBSERVATORY_CONTACT", "observatory@example.org")
    refreshing.refresh()
    agents = {asked.headers["user-agent"] for asked in refreshing.replay.asked}
    assert agents == {"observatoire-transfrontalier/0.1 (contact: observatory@example.org)"}


def test_the_pause_of_an_endpoint_is_kept(refreshing: Refreshing) -> None:
    lists = refreshing.small.root / "lists" / "endpoints.toml"
    lists.write_text(lists.read_text().replace("pause = 0.02", "pause = 600"))
    both = (refreshing.small.root / "datasets/eurostat/rate.toml").read_text()
    (refreshing.small.root / "datasets/eurostat/rate.toml").write_text(
        both.replace('endpoint = "other"\npath = "data/rate"', 'endpoint = "eurostat"\npath = "rate"')
    )
    refreshing.replay.serve("/eurostat/api/dissemination/rate", data(RATE_TSV.encode()))

    slept: list[float] = []
    refreshing.monkeypatch.setattr("etl.client.time.sleep", slept.append)

    refreshing.refresh()

    assert len(refreshing.replay.asked) == 2
    (pause,) = (seconds for seconds in slept if seconds > 1)
    assert 500 < pause <= 600, "the pause, less the time since the first request"


def test_offline_nobody_is_asked(refreshing: Refreshing) -> None:
    refreshing.monkeypatch.setenv("OBSERVATORY_OFFLINE", "1")
    code, _, err = refreshing.run("refresh")
    assert code == 1
    assert err == ["OBSERVATORY_OFFLINE is set, so no provider is asked. Unset OBSERVATORY_OFFLINE."]
    assert refreshing.replay.asked == []


def test_every_value_of_a_parameter_is_sent(refreshing: Refreshing) -> None:
    file = refreshing.small.root / "datasets/eurostat/rate.toml"
    file.write_text(file.read_text() + 'parameters = { GEO = ["COM-59350", "DEP-59*COM"] }\n')
    refreshing.refresh()
    (asked,) = refreshing.replay.at(RATE)
    assert asked.query == (("GEO", "COM-59350"), ("GEO", "DEP-59*COM"))


# Pages: Melodi's `paging.next`, in its documented shape with figures of our own small world.


def serve_pages(refreshing: Refreshing, following: str) -> None:
    file = refreshing.small.root / "datasets/eurostat/rate.toml"
    file.write_text(
        file.read_text()
        .replace('format = "tsv"', 'format = "melodi"')
        .replace('column = "geo"', 'column = "GEO"')
        + 'paging = "next"\n'
    )
    pages = []
    for place, value in (("FRE1", 8.9), ("BE32", 7.6)):
        observation = {
            "dimensions": {"GEO": f"2025-REG-{place}", "TIME_PERIOD": "2025"},
            "attributes": {"OBS_STATUS": "A"},
            "measures": {"OBS_VALUE_NIVEAU": {"value": value}},
        }
        pages.append({"identifier": "DS_RATE", "observations": [observation], "paging": {}})
    pages[0]["paging"] = {"next": following}
    refreshing.small.forget("rate")
    refreshing.replay.serve(RATE, *(data(json.dumps(page).encode()) for page in pages))


def test_every_page_is_asked_for(refreshing: Refreshing) -> None:
    serve_pages(refreshing, f"{refreshing.replay.url}{RATE}?page=2")
    assert refreshing.refresh("rate")["rate"]["rows"] == 2
    assert [asked.query for asked in refreshing.replay.at(RATE)] == [(), (("page", "2"),)]
    assert refreshing.figures("rate") == [("BE32", "2025", 7.6), ("FRE1", "2025", 8.9)]


def test_a_next_page_at_another_host_is_not_asked_for(refreshing: Refreshing) -> None:
    serve_pages(refreshing, "https://elsewhere.example.org/rate?page=2")
    code, _, err = refreshing.run("refresh", "rate")
    assert code == 1
    assert "its next page is at another host, https://elsewhere.example.org/rate?page=2" in err[0]


# A queue: the envelope of the asynchronous API of Eurostat, in its documented shape.


def ticket(state: str) -> bytes:
    return (
        '<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body><ns0:syncResponse '
        f'xmlns:ns0="urn:sdmx"><queued><id>98de05ea-540a</id><status>{state}</status></queued>'
        "</ns0:syncResponse></env:Body></env:Envelope>"
    ).encode()


def test_an_answer_in_a_queue_is_waited_for(refreshing: Refreshing) -> None:
    waiting = [data(ticket("PROCESSING")), data(ticket("AVAILABLE"))]
    refreshing.replay.serve(POPULATION, data(ticket("SUBMITTED")))
    refreshing.replay.serve(f"{QUEUE}/status/98de05ea-540a", *waiting)
    refreshing.replay.serve(f"{QUEUE}/data/98de05ea-540a", data(NEWER))

    assert refreshing.refresh()["population"]["outcome"] == "new"

    assert len(refreshing.replay.at(f"{QUEUE}/status/98de05ea-540a")) == 2
    assert ("BE32", "2025", 1369742.0) in refreshing.figures("population")


def test_a_queue_that_gave_the_answer_up_is_said(refreshing: Refreshing) -> None:
    refreshing.replay.serve(POPULATION, data(ticket("SUBMITTED")))
    refreshing.replay.serve(f"{QUEUE}/status/98de05ea-540a", data(ticket("EXPIRED")))
    code, _, err = refreshing.run("refresh")
    assert code == 1
    assert "the answer is in a queue that says EXPIRED. Refresh again later" in err[0]


# The catalogue: its header and the form of its dates are Eurostat's, the rows are ours.


def toc(day: str) -> bytes:
    return (
        '"title"\t"code"\t"type"\t"last update of data"\t"last table structure change"\n'
        f'"    Population"\t"population"\t"dataset"\t"{day}"\t"09.04.2026"\n'
    ).encode()


def with_catalogue(refreshing: Refreshing) -> None:
    lists = refreshing.small.root / "lists" / "endpoints.toml"
    lists.write_text(lists.read_text().replace("queue =", 'catalogue = "catalogue/toc/txt"\nqueue =', 1))


def test_what_the_catalogue_calls_unchanged_is_not_asked_for(refreshing: Refreshing) -> None:
    with_catalogue(refreshing)
    refreshing.replay.serve(TOC, data(toc("02.02.2026")))
    refreshing.replay.serve(POPULATION, data(NEWER))
    assert refreshing.refresh()["population"]["outcome"] == "new"
    assert (str(refreshing.lock("population").published_at), refreshing.lock("population").vintage) == (
        "2026-02-02",
        "2026-02",
    )
    refreshing.replay.asked.clear()

    assert refreshing.refresh()["population"]["outcome"] == "unchanged"
    assert refreshing.replay.at(POPULATION) == []

    refreshing.replay.serve(TOC, data(toc("03.02.2026")))
    refreshing.refresh()
    assert len(refreshing.replay.at(POPULATION)) == 1


def test_without_its_catalogue_a_provider_is_asked_dataset_by_dataset(refreshing: Refreshing) -> None:
    with_catalogue(refreshing)
    refreshing.replay.serve(TOC, status(404))
    assert refreshing.refresh()["population"]["outcome"] == "unchanged"
    assert len(refreshing.replay.at(POPULATION)) == 1


def test_the_catalogue_of_melodi_is_read_too() -> None:
    listed = (
        '[{"identifier":"DS_RP_NAVETTES_PRINC","modified":"2025-08-29T13:38:58"},{"identifier":"DS_BPE"}]'
    )
    assert read_catalogue(listed) == {"ds_rp_navettes_princ": date(2025, 8, 29)}


@pytest.mark.parametrize(
    ("fetched", "today", "expected"),
    [
        (date(2026, 4, 10), date(2026, 5, 1), True),
        (date(2026, 4, 9), date(2026, 5, 1), False),
        (date(2090, 1, 1), date(2026, 5, 1), False),
    ],
    ids=["fetched after the update", "fetched on its day", "fetched by a clock that was ahead"],
)
def test_a_catalogue_saves_a_request_only_where_it_is_sure(
    fetched: date, today: date, expected: bool
) -> None:
    updated = date(2026, 4, 9)
    assert is_up_to_date(fetched_on(fetched, updated), updated, today) is expected


def fetched_on(day: date, published: date) -> Lock:
    known = lock("population", "0")
    return Lock(**{**known.__dict__, "fetched_at": day, "published_at": published})


# TLS


@pytest.fixture
def untrusted() -> Iterator[str]:
    """An https server whose certificate nobody knows."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_certificate_nobody_knows_is_refused(refreshing: Refreshing, untrusted: str) -> None:
    refreshing.monkeypatch.setenv("OBSERVATORY_URL_OTHER", untrusted)
    line = refreshing.failing()
    assert "its certificate cannot be verified" in line
    assert "verification is never switched off" in line


# An endpoint out of reach


def test_an_endpoint_out_of_reach_is_not_tried_in_full_for_each_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = Endpoint("other", "eurostat", "http://127.0.0.1:9", 0.02, 0.2, 0.2, 5, 1000, 1000)
    tried: list[str] = []
    client = Client()
    ask = client._session.get
    monkeypatch.setattr(client._session, "get", lambda url, **how: tried.append(url) or ask(url, **how))
    for name in ("a", "b"):
        with pytest.raises(TryAgain, match="there is no connection"):
            client.download(endpoint, f"{endpoint.url}/{name}", tmp_path / name)
    assert [url[-1] for url in tried] == ["a", "a", "a", "b"]


# A file that a person downloaded


def test_a_file_brought_by_hand_passes_the_same_checks(refreshing: Refreshing, tmp_path: Path) -> None:
    file = tmp_path / "downloaded.tsv"
    file.write_text(RATE_TSV.replace("8.9", "9.0"))
    refreshing.monkeypatch.setenv("OBSERVATORY_OFFLINE", "1")

    code, _, err = refreshing.run("fetch", "--file", str(file), "--vintage", "2026-05", "rate")

    assert (code, err) == (0, [])
    assert ("FRE1", "2025", 9.0) in refreshing.figures("rate")
    assert (refreshing.lock("rate").origin, refreshing.lock("rate").vintage) == ("archive", "2026-05")
    assert refreshing.replay.asked == []

    file.write_text(RATE_TSV.replace("8.9", "900"))
    code, _, err = refreshing.run("fetch", "--file", str(file), "rate")
    assert code == 1
    assert "rate = 900 is outside 0.0 to 100.0" in err[0]
    assert ("FRE1", "2025", 9.0) in refreshing.figures("rate")


def test_a_file_that_is_not_there_is_said(refreshing: Refreshing) -> None:
    code, _, err = refreshing.run("fetch", "--file", "nowhere.tsv", "rate")
    assert code == 2
    assert err == ["nowhere.tsv: there is no such file, correct the path after --file"]
    log = (refreshing.data / "fetch_log.jsonl").read_text()
    assert "nowhere" not in log  # a slip of the hand is no failure of the dataset


def test_what_robots_may_not_fetch_waits_for_a_person(refreshing: Refreshing) -> None:
    lists = refreshing.small.root / "lists" / "endpoints.toml"
    lists.write_text(lists.read_text() + "by_hand = true\n")

    assert set(refreshing.refresh()) == {"population"}
    code, _, err = refreshing.run("refresh", "rate")
    assert code == 2
    assert err == [
        "rate: asked for on a person's command only, run `python -m etl fetch rate`, or download its file at "
        "https://example.org/rate and run `python -m etl fetch --file PATH rate`"
    ]
    assert refreshing.replay.at(RATE) == []

    code, out, _ = refreshing.run("fetch", "rate")
    assert code == 0
    assert out.startswith("rate: unchanged")
    assert len(refreshing.replay.at(RATE)) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["refresh", "no_such"],
        ["refresh", "--accept"],
        ["fetch", "--file", "a", "rate", "population"],
        ["fetch", "--vintage", "2024", "rate"],
        ["diff", "no_such"],
    ],
)
def test_wrong_use_is_a_line_and_asks_nobody(refreshing: Refreshing, arguments: list[str]) -> None:
    code, _, err = refreshing.run(*arguments)
    assert code == 2
    assert len(err) == 1
    assert refreshing.replay.asked == []
