"""A real Chromium on the real server. Everything in this folder is marked `browser`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.chromium import FLAGS, NoChromium, find_or_install
from tests.browser.reader import Reader, new_context, new_reader
from tests.server import Server

OpenPage = Callable[..., Reader]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium; without one the browser tests are skipped, or fail where CI is set."""
    try:
        executable = find_or_install()
    except NoChromium as absence:
        sentence = f"the browser tests (tests/browser) could not run: {absence}"
        if os.environ.get("CI"):
            pytest.fail(sentence, pytrace=False)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Iterator[dict[bool, BrowserContext]]:
    """One browser profile for light and one for dark: the bundles are loaded once, not once a test."""
    both = {dark: new_context(browser, dark=dark) for dark in (False, True)}
    yield both
    for profile in both.values():
        profile.close()


@pytest.fixture
def open_page(profiles: dict[bool, BrowserContext], server: Server) -> Iterator[OpenPage]:
    """Opens an address in a window of its own: `open_page("/emploi", width=390, dark=True)`."""
    readers: list[Reader] = []

    def open_in_new_window(path: str, width: int = 1366, height: int = 768, dark: bool = False) -> Reader:
        reader = new_reader(profiles[dark], server.url, width=width, height=height)
        readers.append(reader)
        reader.open(path)
        return reader

    yield open_in_new_window
    for reader in readers:
        reader.page.close()
