"""A place found by name or code: each answer one press away, and in words why there is none or an old one."""

from __future__ import annotations

from functools import partial

import streamlit

from pages.components import territory_choice, url, view
from pages.components.context import Context
from pages.components.words import Words
from warehouse.queries import place_search
from warehouse.queries.place_search import FormerCode, FoundPlace, PlaceSearch

PARAMETER = "lieu"
LONGEST_SEARCH = 60
SHOWN = 8


def field(context: Context) -> str:
    """Draw the field in the row of filters and return what is sought; a sole answer is chosen at once."""
    with context.filters:
        return url.text(
            PARAMETER,
            context.words("place.label"),
            LONGEST_SEARCH,
            settle=_settled,
            placeholder=context.words("place.placeholder"),
            icon=":material/search:",
            width=context.screen.fit(300),
        )


def show(context: Context, sought: str) -> None:
    if not sought.strip():
        return
    words, found = context.words, place_search.search(sought, SHOWN)
    if found.lapsed is not None:
        streamlit.info(_former(words, found.lapsed, "place.lapsed"), icon=":material/history:")
    if found.outcome == "too_short":
        view.empty(context, words("place.too_short"))
    elif found.outcome == "nothing":
        nearest = place_search.nearest(sought)
        view.empty(context, words("place.nothing", sought=sought), words("place.near") if nearest else "")
        _listed(context, nearest)
    elif found.outcome == "found":
        streamlit.caption(_count(words, found, sought))
        _listed(context, found.places)


def redirected(words: Words, asked: str) -> None:
    """An address that names a place by an official code leads there; that the code has lapsed is said.

    A code of two places is not guessed: the field of search offers both.
    """
    found = place_search.search(asked)
    known = [place for place in found.places if place.matched in ("code", "former_code")]
    current = [place for place in known if place.matched == "code"] or known
    if len(current) == 1:
        notice = _former(words, current[0].former, "place.former") if current[0].former else ""
        url.redirect(territory_choice.PARAMETER, current[0].territory.territory_id, notice)
    elif current:
        named = words.listing([_named(words, place) for place in current])
        url.withdraw(territory_choice.PARAMETER, words("place.ambiguous", code=asked, places=named))
        url.redirect(PARAMETER, asked)
    elif found.lapsed is not None:
        url.withdraw(territory_choice.PARAMETER, _former(words, found.lapsed, "place.lapsed"))


def _settled(sought: str) -> str:
    """Choose the sole place that answers, unless something must be said of it; what stays in the field."""
    found = place_search.search(sought)
    (first, *others) = found.places or (None,)
    if first is None or others or first.former is not None or first.matched == "surroundings":
        return sought
    url.choose(territory_choice.PARAMETER, first.territory.territory_id)
    return ""


def _listed(context: Context, places: tuple[FoundPlace, ...]) -> None:
    with streamlit.container(key="places-found", gap=None):
        for place in places:
            streamlit.button(
                _label(context.words, place),
                key=f"place-{place.territory.territory_id}",
                type="tertiary",
                on_click=partial(_choose, place.territory.territory_id),
            )


def _choose(territory_id: str) -> None:
    url.choose(territory_choice.PARAMETER, territory_id)
    url.choose(PARAMETER, "")


def _named(words: Words, place: FoundPlace) -> str:
    """Boulange (Moselle)."""
    name = words.of(place.territory.name)
    return f"{name} ({words.of(place.within)})" if place.within is not None else name


def _label(words: Words, place: FoundPlace) -> str:
    """Lille, commune, Nord (59350); then what must be known of it."""
    territory = place.territory
    parts = [f"**{words.of(territory.name)}**", territory_choice.kind(territory, words)]
    if place.within is not None:
        parts.append(words.of(place.within))
    label = ", ".join(parts) + (f" ({place.code})" if place.code else "")
    notes = []
    if place.former is not None:
        notes.append(_former(words, place.former, "place.former"))
    if place.matched == "surroundings":
        notes.append(words("place.surroundings"))
    if not place.presence.is_observed:
        notes.append(words("place.no_figure"))
    return " · ".join([label, *notes])


def _former(words: Words, former: FormerCode, key: str) -> str:
    name = f" ({words.of(former.name)})" if former.name else ""
    until = words("place.until", day=words.date(former.valid_to)) if former.valid_to else ""
    part = words("place.in_part") if 0 < former.share < 1 else ""
    return words(key, code=former.code, name=name, until=until, part=part)


def _count(words: Words, found: PlaceSearch, sought: str) -> str:
    key = "place.found_one" if found.total == 1 else "place.found_many"
    said = words(key, count=words.number(found.total), sought=sought.strip())
    if found.total > len(found.places):
        said += f" {words('place.first', count=words.number(len(found.places)))}"
    return said
