"""Flux: who crosses which border to work, from where to where, and what the figures leave out."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import streamlit

from pages.components import flow_choice, flow_view, url, view
from pages.components.context import Context
from warehouse.queries.flow_map import Selection

VIEWS: MappingProxyType[str, Callable[[Context, Selection], None]] = MappingProxyType(
    {
        "carte": flow_view.show,
    }
)


def show(context: Context) -> None:
    words = context.words
    border = flow_choice.border(context)
    shown = url.widget(
        context.filters.segmented_control,
        "vue",
        words("flows.choose_view"),
        list(VIEWS),
        "carte",
        words,
        format_func=lambda name: words(f"flows.view_{name}"),
        wrap=True,
    )
    # On a phone the filters would take the whole first screen.
    room = streamlit.expander(words("flows.filters")) if context.screen.is_phone else streamlit.container()
    with room.container(horizontal=True, vertical_alignment="bottom", key="flow-filters", gap="small"):
        selection = flow_choice.selection(context, border)
    if selection is None:
        view.heading(words(f"flows.border_{border}"), "")
        view.empty(context, words("flows.nothing_published"))
        return
    VIEWS[shown](context, selection)
