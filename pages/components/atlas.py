"""An indicator around the chosen territory: which level, which period, and its map with legend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas
import streamlit

from pages.components import findings, maps, territory_choice, url
from pages.components.basemap import Outline
from pages.components.classes import Classes, natural
from pages.components.context import Context
from pages.components.drawing import Drawing
from pages.components.flags import legend as flag_legend
from warehouse import territories
from warehouse.queries import observations, places
from warehouse.result import Indicator, Result

# Countries drawn with figures; the others are ground.
COUNTRIES = ("FR", *places.NEIGHBOURS)
LEVEL_OF_A_BLANK_SIDE = "nuts2"
DRAWINGS_KEPT = 200
# What lies farther than this many times the frame is not drawn: nobody sees it and every redraw pays for it.
REACH = 0.8


@dataclass(frozen=True)
class Shown:
    """One indicator at one period and level: all territories drawn, and those around the chosen one."""

    indicator: Indicator
    level: str
    period: str
    drawn: Result
    near: Result


def around(context: Context, indicator: Indicator) -> Shown | None:
    """The finest level both sides have, the latest period the reader allows; None when there is no figure."""
    name = indicator.indicator_id
    level = observations.best_level(name, context.sides.french, context.sides.other)
    if level is None:
        return None
    ids = list(places.cover(context.sides.all, level)["territory_id"])
    period = observations.latest(name, ids, context.year)
    if period is None:
        return None
    drawn = _with_blank_side(context, _at_period(name, period, level), period)
    near = drawn.with_frame(drawn.frame[drawn.frame["territory_id"].isin(ids)].reset_index(drop=True))
    return Shown(indicator, level, period, drawn, near)


def _at_period(name: str, period: str, level: str) -> Result:
    """All territories of the level; of municipalities, those of the countries that have figures."""
    drawn = observations.at_period(name, period, level, COUNTRIES)
    if level != "municipality":
        return drawn
    known = drawn.frame.dropna(subset=["value"])["country"].unique()
    return drawn.with_frame(drawn.frame[drawn.frame["country"].isin(known)].reset_index(drop=True))


def _with_blank_side(context: Context, drawn: Result, period: str) -> Result:
    """A side that has no territory of this level is drawn all the same, as not observed, by its regions."""
    countries = {"FR"} if context.sides.french else set()
    countries |= set(places.countries(context.sides.other))
    absent = countries - set(drawn.frame["country"])
    if not absent:
        return drawn
    name = drawn.indicator.indicator_id
    blank = observations.at_period(name, period, LEVEL_OF_A_BLANK_SIDE, sorted(absent)).frame
    return drawn.with_frame(pandas.concat([drawn.frame, blank], ignore_index=True))


def show(context: Context, shown: Shown, key: str) -> None:
    """The map with its legend strip; a click on a territory chooses it for every page."""
    drawn, classes = _drawn((*context.look, shown.indicator.indicator_id), context, shown)
    title = findings.title(context, shown.near, shown.period)
    maps.show(context, drawn, key, title, on_choose=partial(url.choose, territory_choice.PARAMETER))
    maps.legend(
        context,
        classes,
        shown.indicator,
        maps.absent_states(shown.drawn.frame),
        flag_legend("".join(shown.drawn.frame["flag_raw"]), context.words),
    )
    streamlit.caption(context.words("map.choose"))
    chosen = context.territory
    relations = places.cover([chosen.territory_id], shown.level)["relation"]
    if "larger" in set(relations):
        kind, level = territory_choice.kind(chosen, context.words), context.words(f"level.{shown.level}")
        streamlit.caption(context.words("map.no_such_level", kind=kind, level=level))
    if not territories.is_drawn(chosen.territory_id):
        name = context.words.of(chosen.name)
        streamlit.caption(context.words("map.no_outline", territory=name))


@streamlit.cache_resource(max_entries=DRAWINGS_KEPT, show_spinner=False)
def _drawn(view: tuple[object, ...], _context: Context, _shown: Shown) -> tuple[Drawing, Classes]:
    """The map and its classes, kept under `view`: the same one is drawn once for all readers."""
    indicator, context = _shown.indicator, _context
    values = observations.values_of(indicator.indicator_id, _shown.level)
    classes = natural(values, context.palette.sequential, indicator.decimals)
    chosen = context.territory
    box = _box(context)
    frame = _shown.drawn.frame
    figure = maps.choropleth(
        context,
        _shown.drawn.with_frame(frame[frame["territory_id"].isin(territories.around(box, REACH))]),
        classes,
        Outline((chosen.territory_id,), dashed=chosen.is_indicative),
        list(_shown.near.frame["territory_id"]),
    )
    return maps.fit(context, figure, box), classes


def _box(context: Context) -> territories.Bounds:
    """Both sides; for a municipality, which they would make a dot, what lies around it."""
    chosen = context.territory
    if chosen.level == "municipality" and chosen.parent_id is not None:
        return territories.bounds([chosen.territory_id, chosen.parent_id])
    return territories.bounds([chosen.territory_id, *context.sides.all])
