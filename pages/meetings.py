"""Rencontres territoriales: the votes on the map, the participants, and what a theme's vote was about."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas
import streamlit

from pages.components import bars, maps, meeting_map, tables, url, view
from pages.components.bars import Bar
from pages.components.context import Context
from warehouse import territories
from warehouse.queries import meetings
from warehouse.result import Result

ALL = "tous"
MAP_SHARE = 0.56


def show(context: Context) -> None:
    words = context.words
    areas = meetings.participation()
    reported = areas.frame[areas.frame["has_report"]].iloc[0]
    votes = meetings.votes(reported["meeting_id"])
    shown, theme = _choices(context, votes.frame)
    view.heading(*_heading(context, areas.frame, votes.frame, shown))
    left, right = streamlit.columns([MAP_SHARE, 1 - MAP_SHARE], gap="large")
    with left:
        _map(context, areas.frame, votes.frame, shown, theme)
    with right:
        _votes(context, votes.frame, theme) if shown == "votes" else _participants(context, areas.frame)
    view.close(context, votes if shown == "votes" else areas, _columns(context, shown), f"rencontres-{shown}")
    if shown == "votes" and theme != ALL:
        _objectives(context, meetings.objectives(reported["meeting_id"], theme))
    _territories(context, meetings.theme_expectations())
    streamlit.caption(words("meetings.units"))


def _heading(
    context: Context, areas: pandas.DataFrame, votes: pandas.DataFrame, shown: str
) -> tuple[str, str]:
    words = context.words
    name = f"name_{words.language}"
    if shown == "participants":
        totals = {f"total_{year}": int(areas[f"participants_{year}"].sum()) for year in (2020, 2021)}
        grown = areas.sort_values("change", ascending=False).iloc[0]
        return words("meetings.title_participants", **totals), words(
            "meetings.subtitle_participants",
            territory=grown[name],
            before=int(grown["participants_2020"]),
            after=int(grown["participants_2021"]),
        )
    reported = areas[areas["has_report"]].iloc[0]
    first = votes.sort_values(["votes", "rank"], ascending=[False, True]).iloc[0]
    return words("meetings.title", top=first[f"label_{words.language}"], territory=reported[name]), words(
        "meetings.subtitle",
        votes=int(reported["vote_total"]),
        participants=int(reported["participants_2021"]),
    )


def _choices(context: Context, votes: pandas.DataFrame) -> tuple[str, str]:
    words = context.words
    labels = dict(zip(votes["theme_id"], votes[f"label_{words.language}"], strict=True))
    with context.filters:
        shown = url.widget(
            streamlit.segmented_control,
            "vue",
            words("meetings.choose_view"),
            ("votes", "participants"),
            "votes",
            words,
            format_func=lambda name: words(f"meetings.view_{name}"),
        )
        if shown == "participants":
            return shown, url.chosen("theme", [ALL, *labels], ALL, words)
        theme = url.widget(
            streamlit.selectbox,
            "theme",
            words("meetings.theme"),
            [ALL, *labels],
            ALL,
            words,
            format_func=lambda name: labels.get(name, words("meetings.all_themes")),
            width=context.screen.fit(320),
        )
    return shown, theme


def _map(context: Context, areas: pandas.DataFrame, votes: pandas.DataFrame, shown: str, theme: str) -> None:
    words = context.words
    if shown == "votes":
        counts = _counts(context, areas, votes, theme)
        figure = meeting_map.votes(context, areas, counts)
    else:
        figure = meeting_map.participants(context, areas)
    maps.fit(context, figure, territories.bounds(list(areas["area_id"])), MAP_SHARE)
    maps.show(
        figure,
        key=f"map-meetings-{shown}",
        alternative=words("meetings.votes_title" if shown == "votes" else "meetings.participants_title"),
    )
    meeting_map.legend(context, shown)


def _counts(context: Context, areas: pandas.DataFrame, votes: pandas.DataFrame, theme: str) -> dict[str, str]:
    """What the map writes on each territory that has a report: all its votes, or those of one theme."""
    words = context.words
    counts = {}
    for row in areas[areas["has_report"]].to_dict("records"):
        own = votes if theme == ALL else votes[votes["theme_id"] == theme]
        counts[row["area_id"]] = words.count("meetings.votes", int(own["votes"].sum()))
    return counts


def _votes(context: Context, votes: pandas.DataFrame, theme: str) -> None:
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
            )
            for row in votes.sort_values(["level", "rank"]).to_dict("records")
        ],
        "votes",
    )
    for printed in votes["printed_with"].dropna().unique():
        streamlit.caption(words("meetings.printed_together", printed=printed))


def _participants(context: Context, areas: pandas.DataFrame) -> None:
    words = context.words
    streamlit.subheader(words("meetings.participants_title"), anchor=False)
    tables.show(context, Result(areas, (), ()), _columns(context, "participants"))
    totals = {f"total_{year}": int(areas[f"participants_{year}"].sum()) for year in (2020, 2021)}
    streamlit.caption(words("meetings.participants_note", **totals))
    for row in areas[areas["is_computed"]].to_dict("records"):
        name = row[f"name_{words.language}"]
        streamlit.caption(
            f"\\* {words('meetings.computed_note', territory=name, computation=row['computation'])}"
        )
    streamlit.caption(words("meetings.categories"))


def _objectives(context: Context, result: Result) -> None:
    words = context.words
    streamlit.subheader(words("meetings.objectives"), anchor=False)
    if result.is_empty:
        view.empty(context, words("meetings.no_objective"))
    for kind, own in result.frame.groupby("kind", sort=False):
        lines = "".join(_line(context, row) for row in own.to_dict("records"))
        streamlit.html(f"<p><strong>{escape(words(f'meetings.{kind}'))}</strong></p><ul>{lines}</ul>")


def _line(context: Context, row: dict[str, Any]) -> str:
    """One sentence of ours and where the account says it."""
    words = context.words
    where = words("meetings.source_line", seed=row["seed"], heading=row["heading"], line=row["line"])
    said = escape(row[f"text_{words.language}"])
    return f'<li>{said} <span class="note">{escape(where)}</span></li>'


def _territories(context: Context, result: Result) -> None:
    """Two scales beside one another, each with its own zero and its own bars."""
    words = context.words
    streamlit.subheader(words("meetings.territories_title"), anchor=False)
    for column, scale in zip(
        streamlit.columns(2, gap="large"), ("local_priority", "expected_of_mot"), strict=True
    ):
        own = result.frame[result.frame["scale"] == scale]
        with column:
            streamlit.markdown(f"**{words(f'meetings.{scale}')}**")
            bars.show(
                [
                    Bar(
                        row[f"label_{words.language}"],
                        int(row["territories"]),
                        words("meetings.of_nine", count=row["territories"]),
                    )
                    for row in own.to_dict("records")
                ],
                scale,
            )
    streamlit.caption(words("meetings.territories_note"))


def _columns(context: Context, shown: str) -> dict[str, str]:
    words = context.words
    if shown == "votes":
        return {
            f"label_{words.language}": words("column.theme"),
            "level": words("column.level"),
            "votes": words("column.votes"),
        }
    return {
        f"name_{words.language}": words("column.territory"),
        "participants_2020": words("column.participants_2020"),
        "participants_2021": words("column.participants_2021"),
        "change": words("column.change"),
        "computation": words("meetings.computed"),
    }
