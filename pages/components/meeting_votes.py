"""What a meeting voted: the map of those that have an account, and the votes in the printed order."""

from __future__ import annotations

import pandas
import streamlit

from pages.components import addresses, bars, ledger, maps, meeting_campaigns, meeting_map, stated, url, view
from pages.components.bars import Bar
from pages.components.context import Context
from warehouse import territories
from warehouse.queries import meetings

ALL = "tous"
MAP_SHARE = 0.56


def show(context: Context) -> None:
    words = context.words
    areas = meetings.participation()
    reported = areas.frame[areas.frame["has_report"]].iloc[0]
    votes = meetings.votes(reported["meeting_id"])
    theme = _theme(context, votes.frame)
    first = votes.frame.sort_values(["votes", "rank"], ascending=[False, True]).iloc[0]
    view.heading(
        words(
            "meetings.title",
            top=first[f"label_{words.language}"],
            territory=reported[f"name_{words.language}"],
        ),
        words(
            "meetings.subtitle",
            votes=int(reported["vote_total"]),
            participants=int(reported["participants_2021"]),
        ),
    )
    left, right = streamlit.columns([MAP_SHARE, 1 - MAP_SHARE], gap="large")
    with left:
        _map(context, areas.frame, votes.frame, theme)
    with right:
        _bars(context, votes.frame, theme)
    columns = {
        f"label_{words.language}": words("column.theme"),
        "level": words("column.level"),
        "votes": words("column.votes"),
    }
    view.close(context, votes, columns, "rencontres-votes")
    meeting_campaigns.show(context, reported["area_id"])
    if theme != ALL:
        stated.show(context, meetings.objectives(reported["meeting_id"], theme))
        streamlit.html(
            f'<p class="onward">{ledger.link(addresses.theme(theme), words("meetings.whole_theme"))}</p>'
        )


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


def _map(context: Context, areas: pandas.DataFrame, votes: pandas.DataFrame, theme: str) -> None:
    figure = meeting_map.votes(context, areas, _counts(context, areas, votes, theme))
    drawn = maps.fit(context, figure, territories.bounds(list(areas["area_id"])))
    maps.show(context, drawn, "map-meetings-votes", context.words("meetings.votes_title"))
    meeting_map.legend(context, "votes")


def _counts(context: Context, areas: pandas.DataFrame, votes: pandas.DataFrame, theme: str) -> dict[str, str]:
    """What the map writes on each territory that has a report: all its votes, or those of one theme."""
    own = votes if theme == ALL else votes[votes["theme_id"] == theme]
    written = context.words.count("meetings.votes", int(own["votes"].sum()))
    return dict.fromkeys(areas.loc[areas["has_report"], "area_id"], written)


def _bars(context: Context, votes: pandas.DataFrame, theme: str) -> None:
    words = context.words
    streamlit.subheader(words("meetings.votes_title"), anchor=False)
    bars.show(
        [
            Bar(
                label=row[f"label_{words.language}"],
                value=int(row["votes"]),
                written=words.number(row["votes"]),
                group=words("meetings.level", level=int(row["level"])),
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
