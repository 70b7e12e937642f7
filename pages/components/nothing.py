"""Where a view has no figure: why, and one press away the territory around that has some."""

from __future__ import annotations

from functools import partial

import streamlit

from pages.components import findings, territory_choice, url, view
from pages.components.context import Context
from warehouse.queries import places
from warehouse.result import Indicator


def show(context: Context, indicator: Indicator) -> None:
    """In the place of a view of this indicator."""
    view.empty(context, *findings.why_nothing(context, indicator))
    see(context)


def site(context: Context, reason: str) -> None:
    """In the place of a whole page: nothing can be told of a site that is not composed."""
    words = context.words
    view.heading(words("empty.title", territory=words.of(context.territory.name)), "")
    view.empty(context, reason, findings.elsewhere(context))
    see(context)


def notice(context: Context, reason: str) -> None:
    """Above figures of the regions around: the chosen territory has none of its own."""
    view.empty(context, reason, context.words("empty.around"))
    see(context)


def see(context: Context) -> None:
    """A button to the smallest territory around that has figures, where the chosen one has none."""
    nearest = places.presence(context.territory.territory_id).nearest
    if nearest is not None:
        streamlit.button(
            context.words("empty.see", territory=context.words.of(nearest.name)),
            key="see-nearest",
            type="tertiary",
            icon=":material/arrow_forward:",
            on_click=partial(url.choose, territory_choice.PARAMETER, nearest.territory_id),
        )
