"""The figures of a map over time: the extremes of each side as lines, the rest in the table."""

from __future__ import annotations

import streamlit

from pages.components import atlas, charts, findings
from pages.components.context import Context
from warehouse.result import Result

# More lines than this cannot be told apart: the extremes of each side are drawn, the table has them all.
LINES_A_SIDE = 2


def show(context: Context, shown: atlas.Shown, history: Result, key: str) -> None:
    words = context.words
    streamlit.subheader(words("employment.history"), anchor=False)
    drawn = findings.extremes(shown.near.frame, LINES_A_SIDE)
    frame = history.frame[history.frame["territory_id"].isin(drawn)]
    notes = [words("employment.history_note", unit=words.of(shown.indicator.unit))]
    if shown.indicator.years_apart is not None:
        notes.append(words("employment.apart", years=shown.indicator.years_apart))
    streamlit.html(f'<p class="note">{" ".join(notes)}</p>')
    charts.lines(
        context,
        history.with_frame(frame),
        sides={
            name: findings.side_of(country)
            for name, country in zip(frame["territory_id"], frame["country"], strict=True)
        },
        key=key,
        alternative=words("employment.history"),
    )
    left_out = shown.near.frame["value"].notna().sum() - len(drawn)
    if left_out > 0:
        streamlit.caption(words.count("employment.left_out", int(left_out)))
