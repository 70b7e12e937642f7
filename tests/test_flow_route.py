"""/api/v1/flows/map over HTTP: rows for the map, closed parameters, the build as ETag."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.server import Server

SWITZERLAND = "/api/v1/flows/map?border=CH&source=census&period=2020&level=nuts3"


def test_the_map_reads_its_arcs_in_the_language_asked_for(server: Server) -> None:
    """published_flows.csv, line 332: 82 300 from Haute-Savoie to Geneva."""
    answer = server.get(f"{SWITZERLAND}&shape=arcs&lang=fr")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    first = answer.json()[0]
    assert (first["o"], first["t"]) == ("Haute-Savoie → ", "Genève")
    assert first["v"].replace("\u202f", " ") == "82 300 · arrondi à la centaine"
    english = server.get(f"{SWITZERLAND}&shape=arcs&lang=en").json()[0]
    assert english["t"] == "Geneva"
    assert english["v"].startswith("82,300")


def test_an_answer_is_compressed_and_never_kept_under_another_question(server: Server) -> None:
    packed = server.get(f"{SWITZERLAND}&shape=arcs", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert "immutable" not in packed.headers["cache-control"]
    assert len(json.loads(gzip.decompress(packed.body))) == 6
    one = server.get(f"{SWITZERLAND}&shape=arcs&largest=1", Accept_Encoding="identity")
    assert len(one.json()) == 1


def test_a_browser_that_has_the_build_is_sent_nothing(server: Server) -> None:
    tag = server.get(f"{SWITZERLAND}&shape=places").headers["etag"]
    assert tag == f'"{server.get("/healthz").json()["build"]}"'
    again = server.get(f"{SWITZERLAND}&shape=places", If_None_Match=tag)
    assert (again.status, again.body) == (304, b"")


def test_the_outlines_around_a_border_are_all_there_and_those_far_away_are_not(server: Server) -> None:
    answer = server.get("/api/v1/flows/outlines?border=CH&level=nuts3")
    assert answer.headers["content-type"] == "application/geo+json"
    held = {feature["properties"]["territory_id"] for feature in answer.json()["features"]}
    assert held >= {"FRK21", "FRK28", "FRC21", "FRF12", "CH013", "CH011", "CH031"}
    assert held.isdisjoint({"FRH01", "BE251", "ES212"})
    assert len(answer.body) < 200_000
    assert server.get("/api/v1/flows/outlines?border=CH&level=municipality").status == 400


def test_a_border_is_a_drawing_without_script(server: Server) -> None:
    answer = server.get(f"{SWITZERLAND}&shape=frame&largest_flow=82300&theme=dark")
    assert answer.headers["content-type"] == "image/svg+xml"
    text = answer.body.decode()
    assert text.startswith("<svg ")
    assert "Haute-Savoie" in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("parameter", "named"),
    [
        ("border=XX", "border"),
        ("source=gossip", "source"),
        ("period=1789", "period"),
        ("level=village", "level"),
        ("direction=up", "direction"),
        ("shape=circle", "shape"),
        ("lang=de", "lang"),
        ("threshold=-5", "threshold"),
        ("largest=1e9", "largest"),
        ("press=maybe", "press"),
        ("origin=FR999", "origin"),
        ("destination=');DROP", "destination"),
    ],
)
def test_a_wrong_parameter_is_400_and_named(server: Server, parameter: str, named: str) -> None:
    base = [part for part in SWITZERLAND.split("?")[1].split("&") if not part.startswith(f"{named}=")]
    answer = server.get(f"/api/v1/flows/map?{'&'.join([*base, parameter])}")
    assert answer.status == 400
    assert answer.json()["reason"].startswith(f"{named}=")
    assert answer.headers["cache-control"] == "no-store"
