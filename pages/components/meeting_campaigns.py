"""One campaign beside another where an area has held two, and the file in which the next one comes."""

from __future__ import annotations

import streamlit

from pages.components import view
from pages.components.context import Context
from warehouse.queries import meetings


def show(context: Context, area_id: str) -> None:
    """Nothing to compare with a single campaign: the file for the next one is then all there is."""
    words = context.words
    held = meetings.campaigns(area_id)
    if held.frame["meeting_id"].nunique() > 1:
        streamlit.subheader(words("meetings.campaigns"), anchor=False)
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
