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


def test_the_lines_around_a_border_are_drawn_once_each_and_those_far_away_are_not(server: Server) -> None:
    """Doubs and Jura meet east of Salins, near 6.0 E, 46.9 N; Sedan is far from Switzerland."""
    answer = server.get("/api/v1/flows/lines?border=CH&drawn=nuts3")
    assert answer.headers["content-type"] == "application/json"
    stretches = [(tuple(row["a"]), tuple(row["b"])) for row in answer.json()]
    assert len(stretches) == len({frozenset(stretch) for stretch in stretches})
    assert stretches_near(stretches, 6.0, 46.9)
    assert not stretches_near(stretches, 4.9, 49.7)
    assert len(answer.body) < 200_000
    assert server.get("/api/v1/flows/lines?border=CH&drawn=municipality").status == 400


def test_the_border_is_a_line_of_its_own_and_no_outline(server: Server) -> None:
    """Near Pontarlier the border of France and Switzerland runs past 6.45 E, 46.9 N."""
    border, outlines = (
        {(tuple(row["a"]), tuple(row["b"])) for row in server.get(address).json()}
        for address in (
            "/api/v1/flows/lines?border=CH&drawn=border",
            "/api/v1/flows/lines?border=CH&drawn=nuts3",
        )
    )
    assert stretches_near(list(border), 6.45, 46.9)
    assert not border & outlines


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


def stretches_near(
    stretches: list[tuple[tuple[float, float], tuple[float, float]]], longitude: float, latitude: float
) -> int:
    """How many of the stretches begin within a tenth of a degree of a place."""
    return sum(abs(begin[0] - longitude) < 0.1 and abs(begin[1] - latitude) < 0.1 for begin, _ in stretches)
