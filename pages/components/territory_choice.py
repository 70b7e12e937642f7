"""Choosing a territory: what the list of all pages offers, and the nine of the Rencontres in plain sight."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit

from pages.components import url
from pages.components.context import Context
from pages.components.words import Words
from warehouse.queries import meetings, places
from warehouse.queries.places import Territory

PARAMETER = "territoire"
NINE = "widget:nine-territories"


def offered() -> dict[str, Territory]:
    """What the list offers, by id: the usual choices, the nine territories, and the place asked for.

    A municipality is reached by search or by its address: thousands of them would bury the list.
    """
    found = {item.territory_id: item for item in (*meetings.areas(), *places.choices())}
    asked = url.wanted(PARAMETER)
    if asked is not None and asked not in found and places.is_known(asked):
        found[asked] = places.territory(asked)
    return found


def label(territory: Territory, words: Words) -> str:
    return f"{words.of(territory.name)} – {kind(territory, words)}"


def kind(territory: Territory, words: Words) -> str:
    """périmètre indicatif, département, commune: what the place is called in its country."""
    return words(f"kind.{territory.level}_{territory.country or 'X'}")


def nine(context: Context) -> None:
    """The nine territories of the Rencontres, one press away; folded on a phone: figures come first there."""
    areas = meetings.areas()
    if context.screen.is_phone:
        with streamlit.popover(context.words("home.nine"), icon=":material/location_on:"):
            _pills(context, areas)
    else:
        _pills(context, areas)


def _pills(context: Context, areas: Sequence[Territory]) -> None:
    names = {area.territory_id: context.words.of(area.name) for area in areas}
    chosen = context.territory.territory_id
    streamlit.session_state[NINE] = chosen if chosen in names else None

    def take() -> None:
        # A second press on the chosen one empties the row: the choice then stays as it was.
        url.choose(PARAMETER, streamlit.session_state[NINE] or chosen)

    streamlit.pills(
        context.words("home.nine"), list(names), key=NINE, format_func=names.__getitem__, on_change=take
    )
