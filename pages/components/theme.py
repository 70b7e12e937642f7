"""Colours with a meaning, for light and dark. Side comes first: blue is the French side, rust the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit

STYLE = Path(__file__).with_name("style.css")


@dataclass(frozen=True)
class Palette:
    """Tokens of one theme; contrast of every text colour on `page` is at least 4.5:1."""

    name: str
    page: str
    surface: str
    line: str
    text: str
    muted: str
    french: str
    other: str
    ground: str
    region_line: str
    border: str
    halo: str
    sequential: tuple[str, ...]
    absent: str
    not_observed: str
    disc: str

    def side(self, side: str) -> str:
        return self.french if side == "french" else self.other


_SEQUENTIAL = ("#E2F1EC", "#BFE0D6", "#93C9BB", "#63AE9D", "#35907E", "#176F5F", "#0A4A40")

LIGHT = Palette(
    name="light",
    page="#FFFFFF",
    surface="#F5F7FA",
    line="#D5DCE4",
    text="#17212B",
    muted="#52606D",
    french="#1F5A99",
    other="#B4500B",
    ground="#F0F2F4",
    region_line="#FFFFFF",
    border="#17212B",
    halo="#FFFFFF",
    sequential=_SEQUENTIAL,
    absent="#FFFFFF",
    not_observed="#E9EDF1",
    disc="#7F8B97",
)

DARK = Palette(
    name="dark",
    page="#0F1720",
    surface="#17222E",
    line="#2C3A49",
    text="#E6EDF3",
    muted="#9FB0C0",
    french="#7FB2E5",
    other="#F2A25C",
    ground="#1B2733",
    region_line="#0F1720",
    border="#E6EDF3",
    halo="#0F1720",
    sequential=_SEQUENTIAL[::-1],
    absent="#0F1720",
    not_observed="#243240",
    disc="#6B7C8D",
)


def palette() -> Palette:
    """The tokens of the theme the reader's browser shows."""
    return DARK if streamlit.context.theme.type == "dark" else LIGHT


def apply(large_type: bool) -> None:
    """Load the stylesheet: only what config.toml cannot say (cards, print, large type)."""
    tokens = palette()
    variables = {
        "line": tokens.line,
        "text": tokens.text,
        "muted": tokens.muted,
        "surface": tokens.surface,
        "page": tokens.page,
        "french": tokens.french,
        "other": tokens.other,
        "reported": tokens.sequential[1],
        "concerned": tokens.sequential[2],
        "not-observed": tokens.not_observed,
        "disc": tokens.disc,
    }
    root = "".join(f"--{name}:{value};" for name, value in variables.items())
    size = "html{font-size:22px}" if large_type else ""
    streamlit.html(f"<style>:root{{{root}}}{size}{STYLE.read_text(encoding='utf-8')}</style>")
