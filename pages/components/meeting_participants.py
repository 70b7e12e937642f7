"""How many came to each of the nine meetings, in 2020 and in 2021."""

from __future__ import annotations

import streamlit

from pages.components import maps, meeting_map, tables, view
from pages.components.context import Context
from warehouse import territories
from warehouse.queries import meetings
from warehouse.result import Result

MAP_SHARE = 0.56


def show(context: Context) -> None:
    words = context.words
    areas = meetings.participation()
    frame = areas.frame
    totals = {f"total_{year}": int(frame[f"participants_{year}"].sum()) for year in (2020, 2021)}
    grown = frame.sort_values("change", ascending=False).iloc[0]
    view.heading(
        words("meetings.title_participants", **totals),
        words(
            "meetings.subtitle_participants",
            territory=grown[f"name_{words.language}"],
            before=int(grown["participants_2020"]),
            after=int(grown["participants_2021"]),
        ),
    )
    left, right = streamlit.columns([MAP_SHARE, 1 - MAP_SHARE], gap="large")
    with left:
        figure = meeting_map.participants(context, frame)
        drawn = maps.fit(context, figure, territories.bounds(list(frame["area_id"])))
        maps.show(context, drawn, "map-meetings-participants", words("meetings.participants_title"))
        meeting_map.legend(context, "participants")
    with right:
        _table(context, areas, totals)
    view.close(context, areas, _columns(context), "rencontres-participants")


def _table(context: Context, areas: Result, totals: dict[str, int]) -> None:
    words, frame = context.words, areas.frame
    streamlit.subheader(words("meetings.participants_title"), anchor=False)
    tables.show(context, areas, _columns(context))
    streamlit.caption(words("meetings.participants_note", **totals))
    for row in frame[frame["is_computed"]].to_dict("records"):
        name = row[f"name_{words.language}"]
        streamlit.caption(
            f"\\* {words('meetings.computed_note', territory=name, computation=row['computation'])}"
        )
    streamlit.caption(words("meetings.categories"))


def _columns(context: Context) -> dict[str, str]:
    words = context.words
    return {
        f"name_{words.language}": words("column.territory"),
        "participants_2020": words("column.participants_2020"),
        "participants_2021": words("column.participants_2021"),
        "change": words("column.change"),
        "computation": words("meetings.computed"),
    }
