"""The door, over HTTP: what any browser, proxy or watcher meets before the first page."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from pages.components import drawing
from pages.components.drawing import deck
from tests.server import ROOT, Server, serving
from warehouse.territories import urls

PAGES = ("/", "/emploi", "/rencontres", "/methode")
OUTLINES = sorted(
    path.name.removesuffix(".geojson.gz")
    for path in (ROOT / "warehouse" / "territories" / "geo").glob("*.geojson.gz")
)


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (rule.split() for rule in policy.split(";"))}


def test_health_names_the_build_in_force(server: Server, warehouse: Path) -> None:
    answer = server.get("/healthz")
    health = answer.json()
    assert answer.status == 200
    assert health["status"] == "ok"
    assert warehouse.name == f"observatory-{health['build']}.duckdb"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", health["built_at"])
    assert answer.headers["cache-control"] == "no-store"


def test_a_first_start_builds_and_says_so_meanwhile(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        meanwhile = first.get("/healthz")
        assert (meanwhile.status, meanwhile.json()["status"]) in {(503, "building"), (200, "ok")}
        first.wait_until_ready()
        assert (tmp_path / "current").read_text().strip().endswith(".duckdb")


def test_the_pages_are_loaded_before_the_first_reader_and_never_walked_by_the_collector(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = """
import asyncio, gc, sys
from door.lifespan import lifespan

async def start() -> None:
    async with lifespan(None):
        left = [module for module in gc.get_objects() if module is sys.modules["pages.home"].__dict__]
        print("pages.home" in sys.modules, gc.get_freeze_count() > len(sys.modules), left)

asyncio.run(start())
"""
    monkeypatch.setenv("OBSERVATORY_DATA", str(warehouse.parent))
    told = subprocess.run(
        [sys.executable, "-c", started], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "True True []" in told.stdout.splitlines()  # the build that is looked after writes a line too


def test_a_build_that_fails_is_503_with_its_last_words(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()  # no build can become current
    with serving(tmp_path) as broken:
        deadline = time.monotonic() + 120
        while (answer := broken.get("/healthz")).json()["status"] == "building":
            assert time.monotonic() < deadline
            time.sleep(0.1)
    last_line = (tmp_path / "build.log").read_text().strip().splitlines()[-1].strip()
    assert answer.status == 503
    assert answer.json() == {"status": "unavailable", "reason": last_line}


def test_any_asgi_server_serves_the_same(warehouse: Path) -> None:
    with serving(warehouse.parent, "uvicorn") as asgi:
        asgi.wait_until_ready()
        assert b"Observatoire transfrontalier" in asgi.get("/emploi").body


def test_the_server_calls_nobody_when_it_starts() -> None:
    """Unless told not to, Streamlit asks a third party for its address and has browsers report usage."""
    browser = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["browser"]
    assert browser["serverAddress"] == "localhost"
    assert browser["gatherUsageStats"] is False


@pytest.mark.parametrize("page", PAGES)
def test_the_document_is_french_unless_the_address_says_otherwise(server: Server, page: str) -> None:
    html = server.get(page).body.decode()
    assert '<html lang="fr">' in html
    assert "<title>Observatoire transfrontalier</title>" in html
    assert "Ce tableau de bord a besoin de JavaScript." in html
    assert "You need to enable JavaScript" not in html
    assert '<html lang="nl">' in server.get(f"{page}?lang=nl").body.decode()
    assert '<html lang="en">' in server.get(f"{page}?annee=2020&lang=en").body.decode()
    assert '<html lang="fr">' in server.get(f"{page}?lang=xx").body.decode()


def test_flux_has_what_draws_its_map_before_its_session_begins(server: Server) -> None:
    script = f'<script defer src="{deck.LIBRARY_URL}"></script>'
    assert script in server.get("/flux?frontiere=CH&lang=nl").body.decode()
    assert deck.LIBRARY_URL not in server.get("/emploi").body.decode()


def test_the_document_is_never_answered_from_another_language(server: Server) -> None:
    answer = server.get("/?lang=nl")
    assert answer.headers["cache-control"] == "no-cache"
    assert "etag" not in answer.headers
    assert "last-modified" not in answer.headers


def test_every_inline_script_is_allowed_by_its_hash_and_no_other(server: Server) -> None:
    answer = server.get("/")
    inline = re.findall(r"<script>(.*?)</script>", answer.body.decode(), re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
    allowed = directives(answer.headers["content-security-policy"])["script-src"]
    assert inline
    assert set(allowed) == {"'self'", "'wasm-unsafe-eval'", *(f"'sha256-{digest}'" for digest in digests)}


@pytest.mark.parametrize("path", ["/", "/healthz", "/_stcore/health", "/geo/nothing.0.geojson"])
def test_every_answer_carries_the_security_headers(server: Server, path: str) -> None:
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert directives(headers["content-security-policy"])["default-src"] == ["'self'"]


def test_only_an_embedded_view_may_be_framed_elsewhere(server: Server) -> None:
    def framers(path: str) -> list[str]:
        return directives(server.get(path).headers["content-security-policy"])["frame-ancestors"]

    assert framers("/emploi") == ["'self'"]
    assert framers("/emploi?embed=true") == ["*"]


def test_the_bundles_are_sent_compressed_every_time(server: Server) -> None:
    html = server.get("/").body.decode()
    bundle = re.findall(r'src="\.(/static/js/[^"]+)"', html)[0]
    bare = server.get(bundle)
    first, second = (server.get(bundle, Accept_Encoding="gzip") for _ in range(2))
    assert "content-encoding" not in bare.headers
    assert first.headers["content-encoding"] == second.headers["content-encoding"] == "gzip"
    assert gzip.decompress(first.body) == gzip.decompress(second.body) == bare.body
    assert len(second.body) < len(bare.body) / 2
    assert "x-content-type-options" in second.headers


@pytest.mark.parametrize("name", OUTLINES)
def test_outlines_are_compressed_and_kept_for_ever(server: Server, name: str) -> None:
    answer = server.get(urls.geometry_url(name), Accept_Encoding="gzip")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    source = ROOT / "warehouse" / "territories" / "geo" / f"{name}.geojson.gz"
    assert answer.body == source.read_bytes()
    assert json.loads(gzip.decompress(answer.body))["features"]


def test_outlines_are_plain_for_who_cannot_unpack_them(server: Server) -> None:
    answer = server.get(urls.geometry_url("country"), Accept_Encoding="identity")
    assert "content-encoding" not in answer.headers
    assert {feature["id"] for feature in json.loads(answer.body)["features"]} >= {"FR", "BE", "CH"}


@pytest.mark.parametrize("name", ["nuts2.geojson", "nuts2.0000000000.geojson", "..%2Fareas.toml", "city.csv"])
def test_an_outline_is_served_under_its_full_name_only(server: Server, name: str) -> None:
    assert server.get(f"/geo/{name}").status in {400, 404}


@pytest.mark.parametrize("part", [drawing, deck])
def test_a_drawing_library_is_ours_compressed_and_kept_for_ever(server: Server, part: ModuleType) -> None:
    answer = server.get(part.LIBRARY_URL, Accept_Encoding="gzip")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert gzip.decompress(answer.body) == part.LIBRARY.read_bytes()
