"""A reader in front of a page: what they see, and what their browser was made to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebSocket

IDLE_MS = 30_000
MAP_MS = 30_000
SETTLED_MS = 250  # how long nothing may move before the page counts as still

_IN_THE_PAGE = Path(__file__).with_name("in_the_page.js")
_APP = '[data-testid="stApp"]'
_IDLE = (
    f'{_APP}[data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]'
    ':not(:has([data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-stale="true"]))'
)


@dataclass
class Reader:
    """One browser window on our server, and the record of what it did since it was opened."""

    page: Page
    origin: str
    foreign_requests: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    websocket_bytes: int = 0  # received, as the browser hands them over: after decompression

    def open(self, path: str) -> None:
        """Go to an address of ours as if typed, and wait until the page is still."""
        self.page.goto(self.origin + path, wait_until="domcontentloaded")
        self.wait_until_still()

    def wait_until_still(self) -> None:
        """Until Streamlit has nothing left to run and every map is drawn."""
        self.page.wait_for_selector(_IDLE, state="attached", timeout=IDLE_MS)
        self.page.wait_for_timeout(SETTLED_MS)
        self.page.wait_for_selector(_IDLE, state="attached", timeout=IDLE_MS)
        self.page.wait_for_function("() => window.observed.mapsDrawn()", timeout=MAP_MS)

    def follow(self, path: str) -> None:
        """Follow the menu's link to a page, as a reader changes page: without loading a document."""
        self.page.locator(f'a[href$="{path}"]').first.dispatch_event("click")
        self.page.wait_for_url(f"**{path}*")
        self.wait_until_still()

    def back(self) -> None:
        self.page.go_back()
        self.wait_until_still()

    def choose(self, label: str, option: str) -> None:
        """Choose in the select box of that label, by typing what is wanted as a reader would."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        with self.changing_the_address():
            box.fill(option)
            self.page.get_by_role("option", name=option, exact=True).click()

    def switch(self, label: str, option: str) -> None:
        """Press one button of the switch of that label."""
        switch = self.page.get_by_role("radiogroup", name=label, exact=True)
        with self.changing_the_address():
            switch.get_by_role("radio", name=option, exact=True).click()

    def unfold(self) -> list[list[str]]:
        """Open the folded table and return the rows in sight, headers first."""
        self.page.locator('[data-testid="stExpander"] summary').first.click()
        return self.table(0)

    def table(self, nth: int) -> list[list[str]]:
        """The rows in sight of the n-th table, headers first.

        It is a drawing: this is its text for screen readers, where numbers have a decimal point.
        """
        table = self.page.get_by_test_id("stDataFrame").nth(nth)
        table.scroll_into_view_if_needed()
        table.locator("td").first.wait_for(state="attached", timeout=IDLE_MS)
        rows: list[list[str]] = table.locator("tr").evaluate_all(
            "rows => rows.map(row => [...row.querySelectorAll('th, td')].map(cell => cell.textContent))"
        )
        return rows

    def download(self, button: str, nth: int = 0) -> tuple[str, bytes]:
        """Name and bytes of the file behind a button."""
        with self.page.expect_download(timeout=IDLE_MS) as started:
            self.page.get_by_role("button", name=button).nth(nth).click()
        return started.value.suggested_filename, started.value.path().read_bytes()

    @contextmanager
    def changing_the_address(self) -> Iterator[None]:
        """Every choice is written into the address once the page is drawn: wait for that."""
        before = self.page.url
        yield
        self.page.wait_for_url(lambda address: address != before, timeout=IDLE_MS)
        self.wait_until_still()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def query(self) -> dict[str, str]:
        """The view in the address."""
        return dict(parse_qsl(urlsplit(self.page.url).query))

    @property
    def title(self) -> str:
        return self.plain("h1")

    @property
    def language(self) -> str | None:
        return self.page.locator("html").get_attribute("lang")

    def plain(self, selector: str) -> str:
        """The text of the first element found, with ordinary spaces and hyphens."""
        text = self.page.locator(selector).first.inner_text()
        return " ".join(text.replace("\u2011", "-").split())

    @property
    def exceptions(self) -> list[str]:
        """What Streamlit shows where a script failed."""
        return self.page.locator('[data-testid="stException"]').all_inner_texts()

    @property
    def policy_violations(self) -> list[str]:
        found: list[str] = self.page.evaluate("window.observed.violations")
        return found

    @property
    def overflowing(self) -> list[str]:
        """What sticks out on the right of the page, at most five elements."""
        found: list[str] = self.page.evaluate("window.observed.overflowing()")
        return found

    def screenshot(self, file: Path) -> Path:
        """The whole visible window as PNG."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=file)
        return file

    def note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and f"{address.scheme}://{address.netloc}" != self.origin:
            self.foreign_requests.append(request.url)

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _is_streamlit_looking_for_its_root(message):
            self.console_errors.append(f"{message.text} {message.location.get('url', '')}".strip())

    def note_websocket(self, line: WebSocket) -> None:
        if urlsplit(line.url).netloc != urlsplit(self.origin).netloc:
            self.foreign_requests.append(line.url)
        line.on("framereceived", self._count)

    def _count(self, payload: bytes | str) -> None:
        self.websocket_bytes += len(payload)


def _is_streamlit_looking_for_its_root(message: ConsoleMessage) -> bool:
    """A deep link's first part may be a page or a folder: Streamlit asks both, and one says 404."""
    address = message.location.get("url", "")
    return "404" in message.text and address.endswith(("/_stcore/health", "/_stcore/host-config"))


def new_context(browser: Browser, *, dark: bool = False) -> BrowserContext:
    """A browser profile with an empty cache. The caller closes it."""
    context = browser.new_context(
        color_scheme="dark" if dark else "light",
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
    )
    context.add_init_script(path=_IN_THE_PAGE)
    return context


def new_reader(context: BrowserContext, origin: str, *, width: int = 1366, height: int = 768) -> Reader:
    """A window of that size (CSS pixels), not yet at any address. The caller closes `reader.page`."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    reader = Reader(page, origin)
    page.on("request", reader.note_request)
    page.on("console", reader.note_console)
    page.on("pageerror", lambda error: reader.console_errors.append(str(error)))
    page.on("websocket", reader.note_websocket)
    return reader
