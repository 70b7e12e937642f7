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

PAGES = ("/", "/emploi", "/mobilite", "/rencontres", "/strategie", "/methode")
SCREENS = {"projector": (1920, 1080), "laptop": (1366, 768), "phone": (390, 844)}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_cleanly_fits_and_calls_nobody(open_page: OpenPage, path: str, screen: str) -> None:
    width, height = SCREENS[screen]
    reader = open_page(path, width=width, height=height)
    assert reader.overflowing == []
    assert reader.exceptions == []
    assert reader.foreign_requests == []
    assert reader.policy_violations == []
    assert reader.console_errors == []
    assert reader.path == path
    assert reader.page.locator("h1").count() == 1
    assert reader.language == "fr"


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
    ours = reader.page.locator("h1").inner_text()
    with another_site(tmp_path) as address:
        reader.page.goto(address)
        title = reader.page.frame_locator("iframe").locator("h1")
        title.wait_for(timeout=20_000)
        assert title.inner_text() == ours


@contextmanager
def another_site(folder: Path) -> Iterator[str]:
    """A site with another name than ours: to a browser `localhost` is not 127.0.0.1."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_port}/"
        site.shutdown()


def test_a_deep_link_opens_what_the_menu_opens_and_back_what_was_before(open_page: OpenPage) -> None:
    readers = [open_page(path) for path in PAGES]
    titles = {reader.path: reader.title for reader in readers}
    walker = readers[0]
    for path in PAGES[1:]:
        walker.follow(path)
        assert walker.path == path
        assert walker.title == titles[path]
    for path in reversed(PAGES[:-1]):
        walker.back()
        assert walker.path == path
        assert walker.title == titles[path]


def test_the_document_speaks_the_language_chosen_on_the_page(open_page: OpenPage) -> None:
    reader = open_page("/methode")
    reader.page.evaluate("history.pushState({}, '', '/methode?lang=nl')")
    assert reader.language == "nl"
