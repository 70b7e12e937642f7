"""Mobilité: how people cross the border and move on both sides, one question a view."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import MappingProxyType

from pages.components import (
    mobility_figures,
    mobility_links,
    mobility_map,
    mobility_modes,
    mobility_rail,
    url,
)
from pages.components.context import Context

VIEWS: MappingProxyType[str, Callable[[Context], None]] = MappingProxyType(
    {
        **{name: partial(mobility_figures.show, question=name) for name in mobility_figures.QUESTIONS},
        "recensement": mobility_modes.show,
        "nuitees": mobility_map.nights,
        "voitures": mobility_map.cars,
        "rail": mobility_rail.show,
        "liaisons": mobility_links.show,
    }
)


def show(context: Context) -> None:
    words = context.words
    shown = url.widget(
        context.filters.segmented_control,
        "vue",
        words("mobility.choose_view"),
        list(VIEWS),
        next(iter(VIEWS)),
        words,
        format_func=lambda name: words(f"mobility.view_{name}"),
        wrap=True,
    )
    VIEWS[shown](context)
