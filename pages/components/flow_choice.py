"""The choices of the page Flux, on the screen and in the address: border, source, year, level, size."""

from __future__ import annotations

from dataclasses import replace

import pandas
import streamlit

from pages.components import url
from pages.components.context import Context
from warehouse.queries import flow_map
from warehouse.queries.flow_map import BORDERS, LEVELS, Selection

# In the address, in French; on the screen, in the reader's words.
DIRECTIONS = {"tous": "all", "sortants": "out", "entrants": "in", "entre": "between"}
LARGEST = ("10", "50", "300", "1000", "10000")
EVERYWHERE = "tous"


def border(context: Context) -> str:
    """The border looked at: the one of the territory chosen on other pages, else the first with flows."""
    offered = set(flow_map.offers(with_press=True)["border"])
    borders = [name for name in BORDERS if name in offered]
    facing = [name for name in borders if any(member[:2] == name for member in context.sides.other)]
    words = context.words
    return url.widget(
        context.filters.selectbox,
        "frontiere",
        words("flows.border"),
        borders,
        (facing or borders)[0],
        words,
        format_func=lambda name: words(f"flows.border_{name}"),
        width=context.screen.fit(200),
    )


def selection(context: Context, chosen_border: str) -> Selection | None:
    """What the reader chose for a border; None when nothing is published about it."""
    words = context.words
    with_press = _with_press(context)
    best = flow_map.best(chosen_border, with_press)
    if best is None:
        return None
    direction = url.widget(
        streamlit.segmented_control, "sens", words("flows.direction"), list(DIRECTIONS), "tous", words,
        format_func=lambda name: words(f"flows.direction_{name}"),
    )  # fmt: skip
    offers = flow_map.offers(with_press)
    offers = offers[offers["border"] == chosen_border]
    source = _source(context, offers, best)
    offers = offers[offers["source_id"] == source]
    period = _period(context, offers, best)
    level = _level(context, offers[offers["period"] == period], best)
    largest = url.widget(
        streamlit.selectbox, "nombre", words("flows.largest"), LARGEST, "300", words,
        format_func=lambda name: words("flows.largest_many", count=words.number(int(name))),
        width=context.screen.fit(180),
    )  # fmt: skip
    return replace(
        best,
        source_id=source,
        period=period,
        level=level,
        direction=DIRECTIONS[direction],
        largest=int(largest),
    )


def _with_press(context: Context) -> bool:
    return url.chosen("presse", ("non", "oui"), "non", context.words) == "oui"


def _source(context: Context, offers: pandas.DataFrame, best: Selection) -> str:
    words = context.words
    definitions = dict(zip(offers["source_id"], offers["definition_id"], strict=True))
    labels = flow_map.labels()[words.language]
    return url.widget(
        streamlit.selectbox, "source", words("flows.source"), list(definitions), best.source_id, words,
        format_func=lambda name: labels[definitions[name]],
        width=context.screen.fit(420),
    )  # fmt: skip


def _period(context: Context, offers: pandas.DataFrame, best: Selection) -> str:
    periods = sorted(set(offers["period"]), reverse=True)
    default = best.period if best.period in periods else periods[0]
    return url.widget(
        streamlit.selectbox, "periode", context.words("flows.period"), periods, default, context.words,
        width=context.screen.fit(120),
    )  # fmt: skip


def _level(context: Context, offers: pandas.DataFrame, best: Selection) -> str:
    words = context.words
    levels = sorted(set(offers["level"]), key=LEVELS.index)
    default = best.level if best.level in levels else levels[-1]
    return url.widget(
        streamlit.selectbox, "niveau", words("flows.level"), levels, default, words,
        format_func=lambda name: words(f"level.{name}"),
        width=context.screen.fit(260),
    )  # fmt: skip
