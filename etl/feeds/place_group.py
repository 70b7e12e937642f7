"""Places that a publication counts together, or that have no code of today → table `place_group`."""

from __future__ import annotations

from etl.feeds.cells import in_three_languages, one_of, or_none, territories_of, text, transcribed
from etl.lists import listed, rows_of

LIST = "observatoire/place_groups.csv"
KINDS = ("all_countries", "several", "place", "line")

feed = transcribed(
    "place_group",
    lambda places: {
        "group_id": text,
        "published_as": text,
        "kind": one_of(KINDS),
        "country": or_none(text),
        "touches": territories_of(places),
        **in_three_languages("label"),
    },
    key=("group_id",),
)


def is_group(group_id: str) -> bool:
    return group_id in listed("group_id", LIST)


def group_of(code: str, name: str) -> str | None:
    """The group a publication means by a code or, where it has none, by a name; None when it is no group."""
    published = {row["published_as"]: row["group_id"] for row in rows_of(LIST)}
    return published.get(code or name)
