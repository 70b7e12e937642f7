"""Polite HTTP: says who asks, keeps the pause and the limits of an endpoint, honours what it answers."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from etl import trouble
from etl.disk import writing
from etl.errors import SourceError, TryAgain, WrongRequest
from etl.request import Endpoint
from etl.trouble import AGAIN_LATER, REFRESH_LATER, Passing

OFFLINE = "OBSERVATORY_OFFLINE"
CONTACT = "OBSERVATORY_CONTACT"
PRODUCT = "observatoire-transfrontalier/0.1"
TRIES_STATUS = 4  # of an answer that says "later"
TRIES_CONNECTION = 3
TRIES_BODY = 2  # a body that was cut is asked for once more
LONGEST_WAIT = 120.0  # seconds; who asks for more is asked again at the next refresh
REDIRECTS = 3
CHUNK = 1 << 16

Notice = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Validators:
    """What an answer said about its edition, to ask next time for a newer one only."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


NOTHING_KNOWN = Validators()


@dataclass(frozen=True)
class Answer:
    """One file as it came; `size` is None where the provider says that nothing changed and sent no file."""

    url: str
    size: int | None
    validators: Validators = NOTHING_KNOWN

    @property
    def published(self) -> date | None:
        """The day of Last-Modified."""
        stamp = trouble.moment(self.validators.last_modified)
        return None if stamp is None else datetime.fromtimestamp(stamp, UTC).date()


def user_agent() -> str:
    """Who asks and how to reach them: OBSERVATORY_CONTACT, else the name of this machine."""
    return f"{PRODUCT} (contact: {os.environ.get(CONTACT) or socket.getfqdn()})"


class Client:
    """Asks endpoints. `notice` hears of the bytes received so far and, where stated, expected.

    Time is measured by a clock that cannot be set. Raises WrongRequest where OBSERVATORY_OFFLINE is set.
    """

    def __init__(self, notice: Notice = lambda received, expected: None) -> None:
        if os.environ.get(OFFLINE, "0") not in ("", "0"):
            raise WrongRequest(f"{OFFLINE} is set, so no provider is asked", f"unset {OFFLINE}")
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": user_agent(), "Accept-Encoding": "gzip"})
        self._notice = notice
        self._last_asked: dict[str, float] = {}
        self._unreachable: set[str] = set()

    def download(
        self,
        endpoint: Endpoint,
        url: str,
        into: Path,
        known: Validators = NOTHING_KNOWN,
        accept: str | None = None,
    ) -> Answer:
        """The body behind `url` in the file `into`. Raises SourceError that names the address."""
        deadline = time.monotonic() + endpoint.total
        headers = known.headers() | ({"Accept": accept} if accept else {})
        tried = 0
        while True:
            tried += 1
            try:
                return self._ask(endpoint, url, into, headers, deadline)
            except Passing as passing:
                doubled = endpoint.pause * 2.0 ** (tried - 1)
                wait = doubled if passing.seconds is None else passing.seconds
                is_too_long = wait > LONGEST_WAIT or time.monotonic() + wait > deadline
                if tried >= passing.tries or is_too_long:
                    if passing.is_unreachable:
                        self._unreachable.add(endpoint.endpoint_id)
                    raise passing.error.at(file=url) from None
                time.sleep(wait)
            except SourceError as error:
                raise error.at(file=url) from None

    def _ask(
        self, endpoint: Endpoint, url: str, into: Path, headers: Mapping[str, str], deadline: float
    ) -> Answer:
        with self._open(endpoint, url, headers) as response:
            if response.status_code == 304:
                return Answer(url, None)
            if response.status_code in AGAIN_LATER:
                error, seconds = trouble.later(response)
                raise Passing(error, TRIES_STATUS, seconds)
            if response.status_code != 200:
                raise trouble.refusal(response)
            try:
                size = self._receive(endpoint, response, into, deadline)
            except (HTTPError, SourceError) as failed:
                into.unlink(missing_ok=True)  # part of a file, which nobody is to take for one
                if isinstance(failed, HTTPError):
                    raise Passing(trouble.cut_body(endpoint, failed), TRIES_BODY) from None
                raise
            said = response.headers
            return Answer(url, size, Validators(said.get("ETag", ""), said.get("Last-Modified", "")))

    def _open(self, endpoint: Endpoint, url: str, headers: Mapping[str, str]) -> requests.Response:
        """The answer, headers only. A redirect is followed within the same host and nowhere else."""
        for _ in range(REDIRECTS + 1):
            response = self._get(endpoint, url, headers)
            if not response.is_redirect:
                return response
            response.close()
            target = urljoin(url, response.headers["Location"])
            if urlsplit(target)[:2] != urlsplit(url)[:2]:
                raise trouble.sent_on(endpoint, target)
            url = target
        raise TryAgain(f"it sends us on more than {REDIRECTS} times", REFRESH_LATER)

    def _get(self, endpoint: Endpoint, url: str, headers: Mapping[str, str]) -> requests.Response:
        self._wait_for_turn(endpoint)
        limits = (endpoint.connect, endpoint.read)
        try:
            response = self._session.get(
                url, headers=dict(headers), timeout=limits, stream=True, allow_redirects=False
            )
        except requests.exceptions.SSLError as error:
            raise trouble.not_trusted(error) from None
        except requests.ReadTimeout:
            raise Passing(trouble.no_answer(endpoint), TRIES_BODY) from None
        except requests.ConnectionError as error:
            # Once it is known to be out of reach, its other datasets try no more than once each.
            tries = 1 if endpoint.endpoint_id in self._unreachable else TRIES_CONNECTION
            problem = trouble.no_connection(endpoint, url, error)
            raise Passing(problem, tries, is_unreachable=True) from None
        return response

    def _wait_for_turn(self, endpoint: Endpoint) -> None:
        """Keep the pause of the endpoint since its last request, whatever that came to."""
        since = time.monotonic() - self._last_asked.get(endpoint.endpoint_id, float("-inf"))
        if since < endpoint.pause:
            time.sleep(endpoint.pause - since)
        self._last_asked[endpoint.endpoint_id] = time.monotonic()

    def _receive(self, endpoint: Endpoint, response: requests.Response, into: Path, deadline: float) -> int:
        """Write the body as it comes; its size in bytes once a Content-Encoding is undone."""
        stated = response.headers.get("Content-Length", "")
        is_as_sent = "Content-Encoding" not in response.headers
        expected = int(stated) if is_as_sent and stated.isdigit() else None
        if expected is not None and expected > endpoint.limit:
            raise trouble.too_large(endpoint)
        received = 0
        with writing(into.parent), into.open("wb") as file:
            # What is there, not a whole chunk: who sends a byte now and then would never meet the deadline.
            while block := response.raw.read1(CHUNK, decode_content=True):
                received += len(block)
                if received > endpoint.limit:
                    raise trouble.too_large(endpoint)
                if time.monotonic() > deadline:
                    raise trouble.too_slow(endpoint, received)
                file.write(block)
                self._notice(received, expected)
        return received
