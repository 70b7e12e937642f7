"""One campaign beside another where an area has held two, and the file in which the next one comes."""

from __future__ import annotations

import pandas
import streamlit

from pages.components import addresses, counts, view
from pages.components.context import Context
from pages.components.words import Words
from warehouse.queries import meetings
from warehouse.result import Result


def show(context: Context, area_id: str) -> None:
    """Nothing to compare with a single campaign: the file for the next one is then all there is."""
    words = context.words
    held = meetings.campaigns(area_id)
    if held.frame["meeting_id"].nunique() > 1:
        streamlit.subheader(words("meetings.campaigns"), anchor=False)
        _compare(words, held.frame)
        _close(context, held)
    streamlit.download_button(
        words("meetings.template"),
        data=meetings.campaign_template,
        file_name="rencontre-modele.csv",
        mime="text/csv",
        help=words("meetings.template_help"),
        on_click="ignore",
        type="tertiary",
        icon=":material/upload_file:",
    )


def _compare(words: Words, votes: pandas.DataFrame) -> None:
    """A row a theme, a column a campaign, and the change between the last two."""
    by_year = votes.pivot_table(index="theme_id", columns="year", values="votes", aggfunc="sum")
    labels = dict(zip(votes["theme_id"], votes[f"label_{words.language}"], strict=True))
    before, after = by_year.columns[-2:]
    rows = [
        counts.Row(
            label=labels[theme_id],
            cells=(
                *(counts.number(words, row[year]) for year in by_year.columns),
                counts.change(words, row[before], row[after]),
            ),
            address=addresses.theme(theme_id),
        )
        for theme_id, row in by_year.sort_values([after, before], ascending=False).iterrows()
    ]
    whole = by_year.sum()
    cells = (
        *(words.number(whole[year]) for year in by_year.columns),
        counts.change(words, whole[before], whole[after]),
    )
    headers = (words("column.theme"), *map(str, by_year.columns), words("column.change"))
    counts.show(headers, rows, "campaigns", counts.Row(words("meetings.all_votes"), cells))
    streamlit.caption(words("meetings.campaigns_note"))


def _close(context: Context, held: Result) -> None:
    words = context.words
    columns = {
        f"label_{words.language}": words("column.theme"),
        "year": words("filter.year"),
        "votes": words("column.votes"),
        "change": words("column.change"),
        "since": words("column.since"),
    }
    years = held.frame.assign(
        year=held.frame["year"].astype(str), since=held.frame["since"].astype("Int64").astype("string")
    )
    view.close(context, held.with_frame(years), columns, "rencontres-campagnes")
