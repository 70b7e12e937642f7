"""Rencontres territoriales: votes, participants, priorities, shared ideas, and one theme from end to end."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import streamlit

from pages.components import (
    meeting_ideas,
    meeting_participants,
    meeting_priorities,
    meeting_votes,
    theme_page,
    url,
)
from pages.components.context import Context

VIEWS: MappingProxyType[str, Callable[[Context], None]] = MappingProxyType(
    {
        "votes": meeting_votes.show,
        "participants": meeting_participants.show,
        "priorites": meeting_priorities.show,
        "idees": meeting_ideas.show,
        "theme": theme_page.show,
    }
)


def show(context: Context) -> None:
    words = context.words
    shown = url.widget(
        context.filters.segmented_control,
        "vue",
        words("meetings.choose_view"),
        list(VIEWS),
        "votes",
        words,
        format_func=lambda name: words(f"meetings.view_{name}"),
        wrap=True,
    )
    VIEWS[shown](context)
    streamlit.caption(words("meetings.units"))
