"""How many came to each meeting of a campaign, beside the time before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas
import streamlit

from pages.components import counts, meeting_map, url, view
from pages.components.context import Context
from pages.components.words import Words
from warehouse.queries import meetings

MAP_SHARE = 0.56


def show(context: Context) -> None:
    words = context.words
    year = _year(context)
    result = meetings.participation(year)
    frame = result.frame
    view.heading(*_heading(words, frame))
    left, right = streamlit.columns([MAP_SHARE, 1 - MAP_SHARE], gap="large")
    with left:
        draw = partial(meeting_map.participants, context, frame)
        alternative = words("meetings.participants_title")
        meeting_map.show(context, "participants", (year,), list(frame["area_id"]), draw, alternative)
        meeting_map.legend(context, "participants", before=_before(words, frame), after=_after(frame))
    with right:
        streamlit.subheader(words("meetings.participants_title"), anchor=False)
        _table(context, frame)
        for note in _notes(words, frame):
            streamlit.caption(note)
    columns = {
        f"name_{words.language}": words("column.territory"),
        "before": words("column.participants", when=_before(words, frame)),
        "participants": words("column.participants", when=_after(frame)),
        "change": words("column.change"),
        "before_computation": words("meetings.computed"),
    }
    view.close(context, result, columns, "rencontres-participants")


def _year(context: Context) -> int:
    """The campaign shown; there is a choice where several can be set against the time before."""
    words = context.words
    years = [str(year) for year in meetings.campaign_years()]
    chosen = years[0]
    if len(years) > 1:
        chosen = url.widget(
            context.filters.selectbox,
            "campagne",
            words("meetings.campaign"),
            years,
            years[0],
            words,
            width=context.screen.fit(140),
        )
    return int(chosen)


def _heading(words: Words, frame: pandas.DataFrame) -> tuple[str, str]:
    """The totals of both years where every area was counted in the same two, else of the later one."""
    known = frame.dropna(subset=["before"])
    after = int(frame["participants"].sum())
    if len(known) == len(frame) and frame["since"].nunique() == 1:
        before = words.number(int(frame["before"].sum()))
        both = {"before": before, "since": _before(words, frame), "after": words.number(after)}
        title = words("meetings.title_participants", year=_after(frame), **both)
    else:
        people = words.count("meetings.participants", after)
        where = words.count("meetings.territories", len(frame))
        title = words("meetings.title_participants_alone", year=_after(frame), people=people, where=where)
    grown = known.sort_values("change", ascending=False).iloc[0]
    subtitle = words(
        "meetings.subtitle_participants",
        territory=grown[f"name_{words.language}"],
        before=grown["before"],
        after=grown["participants"],
    )
    return title, subtitle


def _table(context: Context, frame: pandas.DataFrame) -> None:
    words = context.words
    rows = [
        counts.Row(
            label=row[f"name_{words.language}"],
            cells=(
                *meeting_map.written(words, row),
                counts.change(words, row["before"], row["participants"]),
            ),
        )
        for row in frame.to_dict("records")
    ]
    total = None
    if frame["before"].notna().all():
        before, after = frame["before"].sum(), frame["participants"].sum()
        whole = (words.number(before), words.number(after), counts.change(words, before, after))
        total = counts.Row(words("meetings.together"), whole)
    headers = (words("column.territory"), _before(words, frame), _after(frame), words("column.change"))
    counts.show(headers, rows, "participants", total)


def _notes(words: Words, frame: pandas.DataFrame) -> Iterator[str]:
    """How a figure was deduced, and what the account says of participants without a figure."""
    for row in frame[frame["is_before_computed"]].to_dict("records"):
        said = {"territory": row[f"name_{words.language}"], "computation": row["before_computation"]}
        yield f"\\{meeting_map.COMPUTED} {words('meetings.computed_note', year=row['since'], **said)}"
    yield words("meetings.categories")


def _before(words: Words, frame: pandas.DataFrame) -> str:
    """The year before, where it is the same for all."""
    years = frame["since"].dropna().unique()
    return str(years[0]) if len(years) == 1 else words("meetings.time_before")


def _after(frame: pandas.DataFrame) -> str:
    return str(frame["year"].iloc[0])
