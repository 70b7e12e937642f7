"""The HTML document that carries the pages: Streamlit's, in the reader's language and under our title."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.components.drawing import deck

DEFAULT_LANGUAGE: Final = "fr"
_INDEX: Final = Path(streamlit.__file__).parent / "static" / "index.html"
_BEFORE_THE_PAGE: Final = Path(__file__).with_name("before_the_page.js")
# What describes Streamlit's bytes, not ours. An ETag shared by three languages would hand out the wrong one.
_OF_THE_FORMER_BODY: Final = ("content-encoding", "content-length", "etag", "last-modified")

# What draws the largest map is ready when the page is: it has nothing else to wait for.
_EARLY: Final[Mapping[str, str]] = {"/flux": deck.LIBRARY_URL}


@dataclass(frozen=True)
class _Wording:
    title: str
    without_script: str


_WORDINGS: Final[Mapping[str, _Wording]] = {
    "fr": _Wording(
        "Observatoire transfrontalier",
        "Ce tableau de bord a besoin de JavaScript. Activez-le, puis rechargez la page.",
    ),
    "nl": _Wording(
        "Grensoverschrijdend observatorium",
        "Dit dashboard heeft JavaScript nodig. Schakel het in en laad de pagina opnieuw.",
    ),
    "en": _Wording(
        "Cross-border observatory",
        "This dashboard needs JavaScript. Turn it on in your browser, then reload the page.",
    ),
}


class OurDocument:
    """Answers with our document wherever Streamlit would with its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        replaced = False

        language = language_of(scope)

        async def send_ours(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_document(message):
                replaced = True
                body = document(language, _EARLY.get(scope["path"]))
                headers = MutableHeaders(raw=message["headers"])
                for name in _OF_THE_FORMER_BODY:
                    del headers[name]
                headers["content-length"] = str(len(body))
                headers["content-language"] = language
                await send(message)
                await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
            elif not replaced:
                await send(message)

        await self._app(scope, receive, send_ours)


def _is_document(start: Message) -> bool:
    media_type = Headers(raw=start["headers"]).get("content-type", "")
    return bool(start["status"] == 200 and media_type.startswith("text/html"))


def language_of(scope: Scope) -> str:
    """The language the address asks for with `lang=`; French when it asks for none or for one we lack."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [DEFAULT_LANGUAGE])[-1]
    return asked if asked in _WORDINGS else DEFAULT_LANGUAGE


@lru_cache
def document(language: str, early: str | None = None) -> bytes:
    """Streamlit's index.html in `language`: title, no-script sentence, and what has to run before the page.

    `early` is the address of a script that runs while the page waits for its session.

    Raises RuntimeError when Streamlit's file is no longer cut the way we know: see it here, not in a browser.
    """
    wording = _WORDINGS[language]
    html = _INDEX.read_text(encoding="utf-8")
    html = _replace_once(r'<html lang="en">', f'<html lang="{language}">', html)
    html = _replace_once(r"<title>.*?</title>", f"<title>{wording.title}</title>", html)
    script = _BEFORE_THE_PAGE.read_text(encoding="utf-8")
    library = f'<script defer src="{early}"></script>' if early else ""
    html = _replace_once(r"</head>", f"<script>{script}</script>{library}</head>", html)
    without_script = f"<noscript><p>{wording.without_script}</p></noscript>"
    html = _replace_once(r"<noscript>.*?</noscript>", without_script, html)
    return html.encode()


def _replace_once(pattern: str, replacement: str, html: str) -> str:
    changed, count = re.subn(pattern, lambda _: replacement, html, flags=re.DOTALL)
    if count != 1:
        raise RuntimeError(f"Streamlit's index.html has {count} {pattern!r}, not one: adapt {__name__}")
    return changed
