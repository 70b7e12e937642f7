"""Security headers. Nothing comes from any other host, and no script runs that is not a file of ours."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from door.document import DEFAULT_LANGUAGE, document

_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds the headers to every HTTP answer. WebSockets pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        policy = content_security_policy(embedded=_is_embedded(scope))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers["Content-Security-Policy"] = policy
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _is_embedded(scope: Scope) -> bool:
    return "true" in parse_qs(scope["query_string"].decode("latin-1")).get("embed", [])


@lru_cache
def content_security_policy(*, embedded: bool) -> str:
    """The policy of one answer.

    Any site may frame a view asked for with `?embed=true`: that is what it is for, and there is no account or
    form here a hidden frame could abuse. Everything else is framed by ourselves alone.
    """
    scripts = " ".join(f"'sha256-{_digest(text)}'" for text in _inline_scripts())
    rules = {
        "default-src": "'self'",
        # Streamlit's protobuf compiles a WebAssembly helper for 64-bit integers; script stays without eval.
        "script-src": f"'self' 'wasm-unsafe-eval' {scripts}",
        # Streamlit and Plotly write their styles from script.
        "style-src": "'self' 'unsafe-inline'",
        # MapLibre runs its worker from a blob; charts are exported through data: and blob: images.
        "worker-src": "'self' blob:",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "*" if embedded else "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def _inline_scripts() -> list[str]:
    return _INLINE_SCRIPT.findall(document(DEFAULT_LANGUAGE).decode())


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
