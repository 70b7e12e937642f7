"""What a request came to when it did not bring data, in words that say what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError, NameResolutionError

from etl.errors import DoesNotExist, SourceError, TryAgain, WrongRequest
from etl.request import Endpoint

REFRESH_LATER = "refresh again later; the last good figures stay in place meanwhile"
AGAIN_LATER = (429, 502, 503, 504)


class Passing(Exception):
    """The same request may succeed: after `seconds` (None: a pause that doubles), `tries` times in all.

    `is_unreachable`: the endpoint did not even answer, so neither will it for its other datasets.
    """

    def __init__(
        self, error: SourceError, tries: int, seconds: float | None = None, is_unreachable: bool = False
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.tries = tries
        self.seconds = seconds
        self.is_unreachable = is_unreachable


def no_connection(endpoint: Endpoint, url: str, error: requests.ConnectionError) -> TryAgain:
    host = urlsplit(url).hostname
    if isinstance(error, requests.ConnectTimeout):
        problem = f"{host} did not accept a connection within {endpoint.connect:g} s"
    elif isinstance(_cause(error), NameResolutionError):
        problem = f"the name {host} is not known to the network (DNS)"
    else:
        problem = f"there is no connection to {host} ({_reason(error)})"
    return TryAgain(problem, f"look at the network, or at {endpoint.variable}; {REFRESH_LATER}")


def no_answer(endpoint: Endpoint) -> TryAgain:
    return TryAgain(f"it gave no answer within {endpoint.read:g} s", REFRESH_LATER)


def not_trusted(error: requests.exceptions.SSLError) -> TryAgain:
    return TryAgain(
        f"its certificate cannot be verified ({_reason(error)})",
        "look at the clock and the certificates of this machine: verification is never switched off",
    )


def sent_on(endpoint: Endpoint, target: str) -> WrongRequest:
    return WrongRequest(
        f"it sends us on to {target[:200]}, another host, where we do not follow",
        f"if the provider has moved, correct `url` in etl/endpoints.toml or set {endpoint.variable}",
    )


def cut_body(endpoint: Endpoint, error: Exception) -> TryAgain:
    if "timed out" in str(error):
        return TryAgain(f"it fell silent in mid-body for {endpoint.read:g} s", REFRESH_LATER)
    return TryAgain(f"the body was cut ({_reason(error)})", REFRESH_LATER)


def too_slow(endpoint: Endpoint, received: int) -> TryAgain:
    return TryAgain(
        f"it was still sending after {endpoint.total:g} s, {received:,} bytes so far",
        f"{REFRESH_LATER}, or raise `total` in etl/endpoints.toml",
    )


def too_large(endpoint: Endpoint) -> WrongRequest:
    return WrongRequest(
        f"it sends more than the {endpoint.limit / 1e6:,.0f} MB that are allowed",
        "look at the file; if it is right, raise `limit` in etl/endpoints.toml",
    )


def later(response: requests.Response) -> tuple[TryAgain, float | None]:
    """The error of an answer that says "later", and the seconds it asks for if it does."""
    seconds = retry_after(response.headers)
    asked = "" if seconds is None else f"it asks to wait {seconds:,.0f} s: "
    return TryAgain(_said(response), asked + REFRESH_LATER), seconds


def refusal(response: requests.Response) -> SourceError:
    """The error of any other status than 200."""
    status = response.status_code
    if status in (404, 410):
        return DoesNotExist(
            _said(response), "see whether the provider renamed it, and correct `path` in [request]"
        )
    if status == 413:
        return WrongRequest(_said(response), "ask for less: narrow `path` or `parameters` in [request]")
    if status >= 500:
        return TryAgain(
            _said(response),
            "see whether the provider still has the dataset, which some answer so; else refresh again later",
        )
    return WrongRequest(_said(response), "correct [request], or see what the provider now asks for")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, None where nothing legible is asked. A date is measured by the server's own clock."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isdigit():
        return float(asked)
    until, now = moment(asked), moment(headers.get("Date", ""))
    return None if until is None or now is None else max(0.0, until - now)


def moment(text: str) -> float | None:
    """An HTTP date in seconds since 1970."""
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError):
        return None


def _said(response: requests.Response) -> str:
    """The status and the beginning of what the server wrote, without markup."""
    try:
        start = response.raw.read1(4096, decode_content=True)
    except HTTPError:
        start = b""
    said = start.decode("utf-8", errors="replace")
    text = re.sub(r"<(style|script|head)\b.*?</\1>|<[^>]*>", " ", said, flags=re.I | re.S)
    words = " ".join(text.split())[:200] or response.reason
    return f"it answers {response.status_code}: “{words}”"


def _cause(error: BaseException) -> BaseException:
    """The innermost reason of an error of requests, which wraps those of urllib3."""
    inner = getattr(error, "reason", None) or next(iter(error.args), None)
    return _cause(inner) if isinstance(inner, BaseException) else error


def _reason(error: Exception) -> str:
    return re.sub(r"<[^>]*>:? ?", "", str(_cause(error)))[:160]
