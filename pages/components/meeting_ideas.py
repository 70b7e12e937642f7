"""An idea several territories share: its problem, whom it concerns on the map, what was suggested."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import addresses, ledger, meeting_map, stated, url, view
from pages.components.context import Context
from warehouse.queries import meetings, strategy

MAP_SHARE = 0.56


def show(context: Context) -> None:
    words = context.words
    idea = _chosen(context, strategy.ideas().frame)
    listed = strategy.idea_territories()
    own = listed.frame[listed.frame["idea_id"] == idea["idea_id"]]
    theme = idea[f"label_{words.language}"]
    view.heading(words("meetings.title_idees", theme=theme, count=len(own)), words("meetings.subtitle_idees"))
    left, right = streamlit.columns([MAP_SHARE, 1 - MAP_SHARE], gap="large")
    with left:
        _map(context, idea["idea_id"], frozenset(own["area_id"]), theme)
    with right:
        _said(context, idea, own)
    view.close(
        context,
        listed.with_frame(own.assign(theme=theme)),
        {
            "theme": words("column.theme"),
            f"name_{words.language}": words("column.territory"),
            "printed": words("column.printed"),
            "line": words("column.line"),
        },
        f"rencontres-{idea['idea_id']}",
    )


def _chosen(context: Context, ideas: pandas.DataFrame) -> dict[str, Any]:
    words = context.words
    by_id = {row["idea_id"]: row for row in ideas.to_dict("records")}
    name = url.widget(
        context.filters.selectbox,
        "idee",
        words("meetings.idea"),
        list(by_id),
        next(iter(by_id)),
        words,
        format_func=lambda name: by_id[name][f"label_{words.language}"],
        width=context.screen.fit(280),
    )
    return by_id[name]


def _map(context: Context, idea_id: str, concerned: frozenset[str], theme: str) -> None:
    areas = meetings.accounts().frame
    draw = partial(meeting_map.ideas, context, areas, concerned)
    alternative = context.words("meetings.ideas_alternative", theme=theme)
    meeting_map.show(context, "ideas", (idea_id,), list(areas["area_id"]), draw, alternative)
    meeting_map.legend(context, "ideas")


def _said(context: Context, idea: dict[str, Any], own: pandas.DataFrame) -> None:
    words = context.words
    names = words.listing(list(own[f"name_{words.language}"]))
    streamlit.subheader(words("meetings.problem"), anchor=False)
    streamlit.html(
        f'<p class="reading">{escape(idea[f"problem_{words.language}"])} {stated.line(context, idea)}</p>'
    )
    streamlit.subheader(words("meetings.concerned"), anchor=False)
    streamlit.html(f'<p class="reading">{escape(names)}</p>')
    streamlit.subheader(words("meetings.suggestions"), anchor=False)
    suggestions = strategy.idea_suggestions().frame
    suggestions = suggestions[suggestions["idea_id"] == idea["idea_id"]]
    items = [_suggestion(context, row) for row in suggestions.to_dict("records")]
    address = addresses.theme(idea["theme_id"])
    streamlit.html(
        f'<div class="dossier" data-testid="suggestions">{ledger.listing(items)}'
        f"{stated.headings(context, suggestions)}"
        f"<p>{ledger.link(address, words('meetings.whole_theme'))}</p></div>"
    )


def _suggestion(context: Context, row: dict[str, Any]) -> str:
    words = context.words
    mark = ledger.tag(words("meetings.reminder"), "first") + " " if row["kind"] == "reminder" else ""
    return f"{mark}{escape(row[f'text_{words.language}'])} {stated.line(context, row)}"
