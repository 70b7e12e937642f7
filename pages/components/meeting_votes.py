"""What a meeting voted: the map of those that have an account, and the votes in the printed order."""

from __future__ import annotations

from typing import Any

import pandas
import plotly.graph_objects as go
import streamlit

from pages.components import (
    addresses,
    bars,
    ledger,
    meeting_campaigns,
    meeting_map,
    stated,
    theme_units,
    url,
    view,
)
from pages.components.bars import Bar
from pages.components.context import Context
from pages.components.words import Words
from warehouse.queries import meetings

ALL = "tous"
MAP_SHARE = 0.56


def show(context: Context) -> None:
    words = context.words
    meeting = _meeting(context)
    votes = meetings.votes(meeting["meeting_id"])
    theme = _theme(context, votes.frame)
    view.heading(*_heading(words, meeting, votes.frame))
    left, right = streamlit.columns([MAP_SHARE, 1 - MAP_SHARE], gap="large")
    with left:
        _map(context, meeting, theme)
    with right:
        _bars(context, votes.frame, theme)
        if not pandas.isna(meeting["awaited_themes"]):
            streamlit.caption(words("meetings.awaited", count=int(meeting["awaited_themes"])))
        _without_account(words)
    columns = {
        f"label_{words.language}": words("column.theme"),
        "level": words("column.level"),
        "votes": words("column.votes"),
    }
    view.close(context, votes, columns, "rencontres-votes")
    meeting_campaigns.show(context, meeting["area_id"])
    if theme != ALL:
        written = meetings.objectives(meeting["meeting_id"], theme)
        stated.show(context, written, theme_units.meeting(words, meeting["meeting_id"]))
        streamlit.html(
            f'<p class="onward">{ledger.link(addresses.theme(theme), words("meetings.whole_theme"))}</p>'
        )


def _meeting(context: Context) -> dict[str, Any]:
    """The latest with an account; there is a choice where several have one."""
    words = context.words
    held = meetings.meetings().frame
    by_id = {row["meeting_id"]: row for row in held[held["has_report"]].to_dict("records")}
    chosen = next(iter(by_id))
    if len(by_id) > 1:
        chosen = url.widget(
            context.filters.selectbox,
            "rencontre",
            words("meetings.meeting"),
            list(by_id),
            chosen,
            words,
            format_func=lambda name: f"{by_id[name][f'name_{words.language}']} {by_id[name]['year']}",
            width=context.screen.fit(240),
        )
    return by_id[chosen]


def _heading(words: Words, meeting: dict[str, Any], votes: pandas.DataFrame) -> tuple[str, str]:
    """The theme with most votes; under it how many votes there were, and people where they were counted."""
    first = votes.sort_values(["votes", "rank"], ascending=[False, True]).iloc[0]
    title = words(
        "meetings.title",
        top=first[f"label_{words.language}"],
        territory=meeting[f"name_{words.language}"],
        year=meeting["year"],
    )
    counted = meetings.participation(meeting["year"]).frame
    people = counted.loc[counted["area_id"] == meeting["area_id"], "participants"]
    cast = int(votes["votes"].sum())
    if people.empty:
        return title, words("meetings.subtitle_votes", votes=cast)
    return title, words("meetings.subtitle", votes=cast, participants=int(people.iloc[0]))


def _theme(context: Context, votes: pandas.DataFrame) -> str:
    words = context.words
    labels = dict(zip(votes["theme_id"], votes[f"label_{words.language}"], strict=True))
    return url.widget(
        context.filters.selectbox,
        "theme",
        words("meetings.theme"),
        [ALL, *labels],
        ALL,
        words,
        format_func=lambda name: labels.get(name, words("meetings.all_themes")),
        width=context.screen.fit(280),
    )


def _map(context: Context, meeting: dict[str, Any], theme: str) -> None:
    areas = meetings.accounts().frame

    def draw() -> go.Figure:
        counts = _counts(context.words, areas, meeting, theme)
        return meeting_map.votes(context, areas, counts, meeting["area_id"])

    of, alternative = (meeting["meeting_id"], theme), context.words("meetings.votes_title")
    meeting_map.show(context, "votes", of, list(areas["area_id"]), draw, alternative)
    meeting_map.legend(context, "votes")


def _counts(words: Words, areas: pandas.DataFrame, meeting: dict[str, Any], theme: str) -> dict[str, str]:
    """What the map writes on each area with an account: all its votes, or those of one theme.

    They are of the meeting shown, elsewhere of the latest.
    """
    counts = {}
    for row in areas[areas["has_report"]].to_dict("records"):
        of = meeting if row["area_id"] == meeting["area_id"] else row
        votes = meetings.votes(of["meeting_id"]).frame
        own = votes if theme == ALL else votes[votes["theme_id"] == theme]
        cast = words.count("meetings.votes", int(own["votes"].sum()))
        counts[row["area_id"]] = words("meetings.not_voted_on") if own.empty else cast
    return counts


def _without_account(words: Words) -> None:
    """The areas whose account is not held, by name: on the map they are hatched."""
    areas = meetings.accounts().frame
    names = list(areas.loc[~areas["has_report"], f"name_{words.language}"])
    if names:
        streamlit.caption(words("meetings.without_report", territories=words.listing(names)))


def _bars(context: Context, votes: pandas.DataFrame, theme: str) -> None:
    words = context.words
    streamlit.subheader(words("meetings.votes_title"), anchor=False)
    bars.show(
        [
            Bar(
                label=row[f"label_{words.language}"],
                value=int(row["votes"]),
                written=words.number(row["votes"]),
                group=_level(words, row["level"]),
                second=row["level"] == 2,
                chosen=row["theme_id"] == theme,
                address=addresses.theme(row["theme_id"]),
            )
            for row in votes.sort_values(["level", "rank"]).to_dict("records")
        ],
        "votes",
    )
    for printed in votes["printed_with"].dropna().unique():
        streamlit.caption(words("meetings.printed_together", printed=printed))


def _level(words: Words, level: float) -> str:
    """The rank of priority printed with a theme, if one is."""
    return words("meetings.no_level") if pandas.isna(level) else words("meetings.level", level=int(level))
