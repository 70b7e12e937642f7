"""What holds for every page, whatever it shows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser.conftest import OpenPage
from tests.server import Server

PAGES = ("/", "/emploi", "/rencontres", "/strategie", "/methode")
SCREENS = {"projector": (1920, 1080), "laptop": (1366, 768), "phone": (390, 844)}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_cleanly_and_calls_nobody(open_page: OpenPage, path: str) -> None:
    reader = open_page(path)
    assert reader.exceptions == []
    assert reader.foreign_requests == []
    assert reader.policy_violations == []
    assert reader.console_errors == []
    assert reader.path == path
    assert reader.page.locator("h1").count() == 1
    assert reader.page.locator("html").get_attribute("lang") == "fr"


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_of_the_screen(open_page: OpenPage, path: str, screen: str) -> None:
    width, height = SCREENS[screen]
    reader = open_page(path, width=width, height=height)
    assert reader.overflowing == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_in_the_dark(open_page: OpenPage, path: str) -> None:
    reader = open_page(path, dark=True)
    assert reader.exceptions == []
    assert reader.console_errors == []
    ground = reader.page.locator('[data-testid="stApp"]').evaluate(
        "app => getComputedStyle(app).backgroundColor"
    )
    assert max(int(part) for part in ground.strip("rgba()").split(",")[:3]) < 80


@pytest.mark.parametrize("path", PAGES)
def test_an_embedded_page_has_no_menu_of_streamlit(open_page: OpenPage, path: str) -> None:
    reader = open_page(f"{path}?embed=true")
    assert reader.exceptions == []
    assert reader.page.locator("h1").count() == 1
    assert reader.page.locator('[data-testid="stMainMenu"]').count() == 0


def test_an_embedded_page_shows_inside_another_site(
    open_page: OpenPage, server: Server, tmp_path: Path
) -> None:
    view = f'<!doctype html><iframe src="{server.url}/emploi?embed=true" width=900 height=600></iframe>'
    (tmp_path / "index.html").write_text(view)
    reader = open_page("/emploi")
    with another_site(tmp_path) as address:
        reader.page.goto(address)
        title = reader.page.frame_locator("iframe").locator("h1")
        title.wait_for(timeout=20_000)
        assert title.inner_text() == open_page("/emploi").page.locator("h1").inner_text()


@contextmanager
def another_site(folder: Path) -> Iterator[str]:
    """A site with another name than ours: to a browser `localhost` is not 127.0.0.1."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_port}/"
        site.shutdown()


@pytest.mark.parametrize("path", PAGES)
def test_a_deep_link_opens_what_the_menu_opens(open_page: OpenPage, path: str) -> None:
    there = open_page(path).page.locator("h1").inner_text()
    elsewhere = open_page("/methode" if path != "/methode" else "/emploi")
    elsewhere.follow(path)
    assert elsewhere.path == path
    assert elsewhere.page.locator("h1").inner_text() == there


def test_back_leads_to_the_page_before(open_page: OpenPage) -> None:
    reader = open_page("/emploi")
    title = reader.page.locator("h1").inner_text()
    reader.follow("/methode")
    assert reader.page.locator("h1").inner_text() != title
    reader.back()
    assert reader.path == "/emploi"
    assert reader.page.locator("h1").inner_text() == title


def test_the_document_speaks_the_language_chosen_on_the_page(open_page: OpenPage) -> None:
    reader = open_page("/methode")
    reader.page.evaluate("history.pushState({}, '', '/methode?lang=nl')")
    assert reader.page.locator("html").get_attribute("lang") == "nl"
    assert open_page("/methode?lang=en").page.locator("html").get_attribute("lang") == "en"
