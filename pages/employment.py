"""Emploi: one continuous map across the border, the same figures over time, and the gap at the border."""

from __future__ import annotations

import streamlit

from pages.components import atlas, findings, history, nothing, url, view
from pages.components.context import Context
from warehouse.queries import catalogue, observations
from warehouse.result import Indicator

THEMES = ("employment", "economy", "income")
MAP_SHARE = 0.58


def show(context: Context) -> None:
    indicator = _indicator(context)
    shown = atlas.around(context, indicator)
    view.heading(*findings.heading(context, indicator, shown))
    if shown is None:
        nothing.show(context, indicator)
        return
    left, right = streamlit.columns([MAP_SHARE, 1 - MAP_SHARE], gap="large")
    with left:
        atlas.show(context, shown, key="map-employment")
    with right:
        series = observations.series(indicator.indicator_id, list(shown.near.frame["territory_id"]))
        history.show(context, shown, series, key="lines-employment")
        streamlit.html(f'<p class="reading">{findings.other_side(context, shown.near)}</p>')
    view.close(
        context,
        series,
        findings.columns(context, indicator),
        f"emploi-{indicator.indicator_id}",
        shown.period[:4],
    )


def _indicator(context: Context) -> Indicator:
    """Every rate of the page's themes: a declaration that adds one adds it here."""
    offered = {
        item.indicator_id: item
        for theme in THEMES
        for item in catalogue.indicators(theme)
        if item.kind == "rate"
    }
    words = context.words
    chosen = url.widget(
        context.filters.selectbox,
        "indicateur",
        words("employment.indicator"),
        list(offered),
        next(iter(offered)),
        words,
        format_func=lambda name: words.of(offered[name].label),
        width=context.screen.fit(400),
    )
    return offered[chosen]
