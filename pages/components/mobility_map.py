"""Nights by foreign guests on a map and over time; cars of one dated year, without a trend."""

from __future__ import annotations

from dataclasses import replace

import streamlit

from pages.components import atlas, findings, history, nothing, url, view
from pages.components.context import Context
from warehouse.queries import catalogue, observations
from warehouse.result import Indicator

NIGHTS = ("nights_foreign_per_inhabitant", "nights_foreign_share")
CARS = "cars_per_1000"
# The last year in which Eurostat has the cars of the French regions.
CARS_UNTIL = "2016"
MAP_SHARE = 0.58


def nights(context: Context) -> None:
    words = context.words
    chosen = url.widget(
        context.filters.segmented_control, "mesure", words("mobility.measure"), NIGHTS, NIGHTS[0], words,
        format_func=lambda name: words(f"mobility.measure_{name}"),
    )  # fmt: skip
    indicator = catalogue.indicator(chosen)
    shown = _headed(context, indicator)
    if shown is None:
        return
    series = observations.series(chosen, list(shown.near.frame["territory_id"]))
    left, right = streamlit.columns([MAP_SHARE, 1 - MAP_SHARE], gap="large")
    with left:
        atlas.show(context, shown, key="map-nights")
    with right:
        history.show(context, shown, series, key="lines-nights")
        streamlit.html(f'<p class="reading">{findings.other_side(context, shown.near)}</p>')
    view.close(context, series, findings.columns(context, indicator), "mobilite-nuitees", shown.period[:4])


def cars(context: Context) -> None:
    """One year on both sides: later ones have no French region, so nothing could be compared."""
    until = min(context.year or CARS_UNTIL, CARS_UNTIL)
    dated = replace(context, year=until)
    shown = _headed(dated, catalogue.indicator(CARS))
    if shown is None:
        return
    atlas.show(dated, shown, key="map-cars")
    streamlit.html(f'<p class="reading">{findings.other_side(dated, shown.near)}</p>')
    streamlit.caption(context.words("mobility.cars_until", year=CARS_UNTIL))
    view.close(
        dated, shown.near, findings.columns(dated, shown.indicator), "mobilite-voitures", shown.period[:4]
    )


def _headed(context: Context, indicator: Indicator) -> atlas.Shown | None:
    """The indicator around the chosen territory under its title; None once it is said why there is none."""
    shown = atlas.around(context, indicator)
    view.heading(*findings.heading(context, indicator, shown))
    if shown is None:
        nothing.show(context, indicator)
    return shown
