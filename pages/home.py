"""Accueil: the identity card of a territory, both sides of the border, and a map on which one chooses it."""

from __future__ import annotations

import streamlit

from pages.components import (
    atlas,
    card_table,
    cards,
    findings,
    flow_card,
    nothing,
    place_results,
    territory_choice,
    view,
)
from pages.components.context import Context
from warehouse.queries import key_figures

MAP_SHARE = 0.64


def show(context: Context) -> None:
    sought = place_results.field(context)
    territory_choice.nine(context)
    place_results.show(context, sought)
    absence = findings.absence(context)
    if absence is not None and not context.sides.all:
        nothing.site(context, absence)
        return
    card = key_figures.card(context.sides, context.year)
    indicator = findings.leading_rate(card.figures)
    shown = atlas.around(context, indicator)
    view.heading(*findings.heading(context, indicator, shown))
    if absence is not None and shown is not None:
        nothing.notice(context, absence)
    with streamlit.container(key="figures-first"):
        left, right = streamlit.columns([MAP_SHARE, 1 - MAP_SHARE], gap="large")
        with right:
            cards.show(context, card, flow_card.section(context))
        with left:
            if shown is None:
                nothing.show(context, indicator)
            else:
                atlas.show(context, shown, key="map-home")
                streamlit.html(f'<p class="reading">{findings.other_side(context, shown.near)}</p>')
            view.close(context, card_table.result(context, card), card_table.columns(context), "accueil")
