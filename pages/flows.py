"""Flux: who crosses which border to work, from where to where, and what the figures leave out."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import streamlit

from pages.components import (
    flow_balance,
    flow_borders,
    flow_choice,
    flow_compare,
    flow_observed,
    flow_own,
    flow_rate,
    flow_time,
    flow_view,
    url,
    view,
)
from pages.components.context import Context


def _map(context: Context, border: str) -> None:
    if border == flow_choice.EVERY_BORDER:
        flow_borders.show(context)
        return
    words = context.words
    # On a phone the filters would take the whole first screen.
    room = streamlit.expander(words("flows.filters")) if context.screen.is_phone else streamlit.container()
    with room.container(horizontal=True, vertical_alignment="bottom", key="flow-filters", gap="small"):
        selection = flow_choice.selection(context, border)
    if selection is None:
        view.heading(words(f"flows.border_{border}"), "")
        view.empty(context, words("flows.nothing_published"))
        return
    flow_view.show(context, selection)


# Each receives the country opposite France, or all of them.
VIEWS: MappingProxyType[str, Callable[[Context, str], None]] = MappingProxyType(
    {
        "carte": _map,
        "sources": flow_compare.show,
        "temps": flow_time.show,
        "bilan": flow_balance.show,
        "taux": flow_rate.show,
        "observable": flow_observed.show,
        "donnees": flow_own.show,
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
    VIEWS[shown](context, border)
