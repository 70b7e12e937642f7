"""One theme from end to end: its votes, who names it, the ideas, what it could rest on, what informs it."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit

from pages.components import proposals, stated, theme_units, url, view
from pages.components.context import Context
from pages.components.words import Words
from warehouse.queries import meetings, strategy
from warehouse.result import Result


def show(context: Context) -> None:
    words = context.words
    labels = names(words)
    theme_id = _chosen(context, labels)
    known = theme_units.of(theme_id)
    chain = strategy.chain(theme_id)
    view.heading(
        _title(words, labels[theme_id], known, chain.frame["indicator_id"].nunique()),
        words("dossier.subtitle"),
    )
    theme_units.show(context, known)
    left, right = streamlit.columns(2, gap="large")
    with left:
        streamlit.subheader(words("dossier.indicators"), anchor=False)
        proposals.indicators(context, chain)
        streamlit.subheader(words("dossier.rests_on"), anchor=False)
        proposals.objectives(context, chain.frame)
    with right:
        streamlit.subheader(words("dossier.ideas"), anchor=False)
        ideas = strategy.ideas(theme_id)
        proposals.ideas(context, ideas.frame, strategy.idea_territories().frame)
        of_the_meetings = tuple(_stated(context, known, theme_id))
    proposals.close(
        context,
        strategy.links(theme_id),
        f"theme-{theme_id}",
        *of_the_meetings,
        meetings.theme_expectations(),
        ideas,
    )


def _stated(context: Context, known: theme_units.Units, theme_id: str) -> Iterator[Result]:
    """What the meetings that voted on the theme wrote under it; yields what is of those meetings."""
    for meeting_id in known.cast["meeting_id"]:
        written = meetings.objectives(meeting_id, theme_id)
        if not written.is_empty:
            stated.show(context, written, theme_units.meeting(context.words, meeting_id))
        yield from (meetings.votes(meeting_id), written)


def names(words: Words) -> dict[str, str]:
    """Every theme there is, by its identifier, in the order of the French alphabet."""
    frame = strategy.chain().frame
    return dict(zip(frame["theme_id"], frame[f"theme_{words.language}"], strict=True))


def _chosen(context: Context, labels: dict[str, str]) -> str:
    words = context.words
    return url.widget(
        context.filters.selectbox,
        "theme",
        words("meetings.theme"),
        list(labels),
        "mobilite",
        words,
        format_func=lambda name: labels[name],
        width=context.screen.fit(280),
    )


def _title(words: Words, label: str, known: theme_units.Units, indicators: int) -> str:
    """Mobilité : 8 votes, priorité de 9 territoires sur 9, 4 indicateurs; what is not known is not said."""
    said = []
    if known.votes is not None:
        said.append(words.count("meetings.votes", known.votes))
    if known.local is not None:
        said.append(words("dossier.title_local", count=known.local))
    said.append(words.count("dossier.indicators", indicators) if indicators else words("chain.no_indicator"))
    return words("dossier.title", theme=label, said=", ".join(said))
