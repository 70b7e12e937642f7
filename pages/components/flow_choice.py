"""The choices of the page Flux, on the screen and in the address: border, source, year, level, size."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pandas
import streamlit

from pages.components import url
from pages.components.context import Context
from pages.components.words import Words
from warehouse.queries import flow_map, flow_offers
from warehouse.queries.flow_map import LEVELS, Direction, Selection
from warehouse.queries.place_search import folded
from warehouse.queries.places import NEIGHBOURS

# In the address, in French; on the screen, in the reader's words.
DIRECTIONS: dict[str, Direction] = {"tous": "all", "sortants": "out", "entrants": "in", "entre": "between"}
LARGEST = ("10", "50", "300", "1000", "10000")
THRESHOLDS = ("0", "50", "200", "500", "1000", "5000", "20000", "100000")
DRAWN = str(flow_map.DRAWN_AT_ONCE)
OFFERED = 400  # places in a list
PLACES_KEPT = 24  # lists of places, of some thousands each
ALL = "tous"  # no place in particular
EVERY_BORDER = "toutes"
YES, NO = "oui", "non"


def border(context: Context) -> str:
    """The border looked at: the one of the territory chosen on other pages, else the first with flows."""
    offered = set(flow_offers.offers(with_press=True)["border"])
    borders = [name for name in NEIGHBOURS if name in offered]
    facing = [name for name in borders if any(member[:2] == name for member in context.sides.other)]
    words = context.words
    return url.widget(
        context.filters.selectbox, "frontiere", words("flows.border"), [*borders, EVERY_BORDER],
        (facing or borders)[0], words,
        format_func=lambda name: words(f"flows.border_{name}"),
        width=context.screen.fit(215),
    )  # fmt: skip


def selection(context: Context, chosen_border: str) -> Selection | None:
    """What the reader chose for a border; None when nothing is published about it."""
    words = context.words
    with_press = url.chosen("presse", (NO, YES), NO, words) == YES
    best = flow_offers.best(chosen_border, with_press)
    if best is None:
        return None
    direction = url.widget(
        streamlit.segmented_control, "sens", words("flows.direction"), list(DIRECTIONS), ALL, words,
        format_func=lambda name: words(f"flows.direction_{name}"),
    )  # fmt: skip
    offers = flow_offers.offers_at(chosen_border, with_press)
    source = _source(context, offers, best)
    offers = offers[offers["source_id"] == source]
    period = _period(context, offers, best)
    level = _level(context, offers[offers["period"] == period], best)
    return _narrowed(
        context,
        replace(best, source_id=source, period=period, level=level, direction=DIRECTIONS[direction]),
    )


def _narrowed(context: Context, chosen: Selection) -> Selection:
    """With what is asked less often: places, threshold, how many, the press."""
    words = context.words
    with streamlit.popover(words("flows.refine"), icon=":material/tune:", key="flow-refine"):
        origin = _place(context, chosen, "origine", "origin")
        destination = _place(context, chosen, "destination", "destination")
        threshold = url.widget(
            streamlit.selectbox, "seuil", words("flows.threshold"), THRESHOLDS, "0", words,
            format_func=lambda name: words("flows.no_threshold") if name == "0" else words.number(int(name)),
        )  # fmt: skip
        largest = url.widget(
            streamlit.selectbox, "nombre", words("flows.largest"), LARGEST, DRAWN, words,
            format_func=lambda name: words("flows.largest_many", count=words.number(int(name))),
        )  # fmt: skip
        url.widget(
            streamlit.segmented_control, "presse", words("flows.press_figures"), (NO, YES), NO, words,
            format_func=lambda name: words(f"flows.{name}"), help=words("flows.press_help"),
        )  # fmt: skip
    return replace(
        chosen,
        origin_id=origin,
        destination_id=destination,
        threshold=float(threshold),
        largest=int(largest),
    )


def _source(context: Context, offers: pandas.DataFrame, best: Selection) -> str:
    words = context.words
    definitions = dict(zip(offers["source_id"], offers["definition_id"], strict=True))
    labels = flow_map.labels()[words.language]
    return url.widget(
        streamlit.selectbox, "source", words("flows.source"), list(definitions), best.source_id, words,
        format_func=lambda name: labels[definitions[name]],
        width=context.screen.fit(330),
    )  # fmt: skip


def _period(context: Context, offers: pandas.DataFrame, best: Selection) -> str:
    periods = sorted(set(offers["period"]), reverse=True)
    own = offers["source_id"].iloc[0] == best.source_id
    return url.widget(
        streamlit.selectbox, "periode", context.words("flows.period"), periods,
        best.period if own else periods[0], context.words,
        width=context.screen.fit(100),
    )  # fmt: skip


def _level(context: Context, offers: pandas.DataFrame, best: Selection) -> str:
    words = context.words
    levels = sorted(set(offers["level"]), key=LEVELS.index)
    count = offers.set_index("level")[["flows_out", "flows_in"]].sum(axis=1)
    drawn = [name for name in levels if count[name] <= flow_offers.MOST_AT_FIRST] or levels[:1]
    return url.widget(
        streamlit.selectbox, "niveau", words("flows.level"), levels,
        best.level if best.level in levels and best.level in drawn else drawn[-1], words,
        format_func=lambda name: words(f"level.{name}"),
        width=context.screen.fit(235),
    )  # fmt: skip


def _place(
    context: Context, chosen: Selection, parameter: str, end: Literal["origin", "destination"]
) -> str | None:
    """A place these flows begin or end at; None for all. The largest are listed, any is found by its name."""
    words = context.words
    names, labels = _known((context.build_id, *chosen.slice.values()), end, chosen, words)
    offered = list(names)[:OFFERED]
    wanted = url.wanted(parameter) or ALL
    if wanted != ALL and wanted not in offered:
        found = _found(wanted, names)
        if found is not None:
            offered = [*dict.fromkeys([*offered, found])]
            url.redirect(parameter, found)
    picked = url.widget(
        streamlit.selectbox, parameter, words(f"flows.{end}"), [ALL, *offered], ALL, words,
        accept_new_options=len(names) > OFFERED,
        format_func=lambda name: words("flows.anywhere") if name == ALL else labels[name],
    )  # fmt: skip
    if len(names) > OFFERED:
        streamlit.caption(words("flows.places_offered", shown=OFFERED, all=words.number(len(names))))
    if wanted not in (ALL, picked) and picked == ALL:
        streamlit.caption(words("flows.no_such_place", name=wanted[:40]))
    return None if picked == ALL else picked


@streamlit.cache_resource(max_entries=PLACES_KEPT, show_spinner=False)
def _known(
    view: tuple[object, ...], end: Literal["origin", "destination"], _chosen: Selection, words: Words
) -> tuple[dict[str, str], dict[str, str]]:
    """Of every place the flows of a slice begin or end at: its name, and its name with its level."""
    places = flow_map.places(_chosen, end)
    names = dict(zip(places["territory_id"], places[f"name_{words.language}"], strict=True))
    levels = {level: words(f"level.{level}") for level in places["level"].unique()}
    told = zip(names.items(), places["level"], strict=True)
    return names, {place: f"{name} – {levels[level]}" for (place, name), level in told}


def _found(written: str, names: dict[str, str]) -> str | None:
    """The place of that code or name; of one name the largest, else the first whose name begins so."""
    if written in names:
        return written
    sought = folded(written)
    by_name = {place: folded(name) for place, name in names.items()} if sought else {}
    same = (place for place, name in by_name.items() if name == sought)
    begins = (place for place, name in by_name.items() if name.startswith(sought))
    return next(same, None) or next(begins, None)
