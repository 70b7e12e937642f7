"""The Rencontres territoriales, transcribed from their accounts → theme, meeting, vote, participation, …"""

from __future__ import annotations

import pandas as pd

from etl.declaration import Dataset
from etl.feeds.cells import (
    PLACE_IN_SEED,
    Cells,
    area_of,
    count,
    fed,
    in_three_languages,
    one_of,
    or_none,
    read_cells,
    text,
    theme,
    transcribed,
    year,
    yes_or_no,
)
from etl.feeds.fed import Fed
from etl.feeds.rows import understand
from etl.harmonise import Places
from etl.lists import listed

SCALES = ("local_priority", "expected_of_mot")
STATEMENTS = ("objective", "project_idea", "mot_suggestion", "mot_remark")
SUGGESTIONS = ("suggestion", "reminder")
LINK_MODES = ("rail", "public_transport", "cycling", "waterway")
WANTED = ("missing", "to_develop", "to_improve", "to_study", "to_agree")
LEVELS = (1, 2)


def feed_themes(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    cells: Cells = {"theme_id": text, **in_three_languages("label")}
    return fed(dataset, theme=read_cells(frame, cells, key=("theme_id",)))


def feed_meetings(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    cells: Cells = {
        "meeting_id": text,
        "area_id": area_of(places),
        "year": year,
        "has_report": yes_or_no,
        "awaited_themes": or_none(count),
    }
    meetings = read_cells(frame, cells, key=("meeting_id",)).astype({"awaited_themes": "Int64"})
    return fed(dataset, meeting=meetings)


def feed_participation(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    cells: Cells = {
        "area_id": area_of(places),
        "year": year,
        "participants": or_none(count),
        "is_computed": yes_or_no,
        "computation": or_none(text),
        **PLACE_IN_SEED,
    }
    participation = read_cells(frame, cells, key=("area_id", "year")).astype({"participants": "Int64"})
    understand(frame, [frame["is_computed"], frame["computation"]], _deduction)
    return fed(dataset, participation=participation.assign(dataset_id=dataset.dataset_id))


def level(cell: str) -> int:
    """The rank of priority printed beside a theme."""
    number = count(cell)
    if number not in LEVELS:
        raise ValueError(f"is {cell!r}, neither 1 nor 2")
    return number


def meeting(cell: str) -> object:
    """The id of a meeting that is listed."""
    return one_of(listed("meeting_id", "mot/rencontres_meetings.csv"))(cell)


def idea(cell: str) -> object:
    """The id of a shared idea that is listed."""
    return one_of(listed("idea_id", "mot/rencontres_ideas.csv"))(cell)


feed_votes = transcribed(
    "vote",
    lambda places: {
        "meeting_id": meeting,
        "theme_id": theme,
        "level": or_none(level),
        "votes": count,
        "printed_with": or_none(text),
        "rank": count,
        **PLACE_IN_SEED,
    },
    key=("meeting_id", "theme_id"),
    integers=("level",),
)

feed_expectations = transcribed(
    "expectation",
    lambda places: {
        "scale": one_of(SCALES),
        "theme_id": theme,
        "territories": count,
        "year": year,
        **PLACE_IN_SEED,
    },
    key=("scale", "theme_id", "year"),
)

feed_objectives = transcribed(
    "objective_stated",
    lambda places: {
        "meeting_id": meeting,
        "theme_id": theme,
        "kind": one_of(STATEMENTS),
        **in_three_languages("text"),
        "rank": count,
        **PLACE_IN_SEED,
    },
    key=("meeting_id", "theme_id", "rank"),
)

feed_ideas = transcribed(
    "idea",
    lambda places: {
        "idea_id": text,
        "theme_id": theme,
        **in_three_languages("problem"),
        "rank": count,
        **PLACE_IN_SEED,
    },
    key=("idea_id",),
)

feed_idea_territories = transcribed(
    "idea_territory",
    lambda places: {"idea_id": idea, "area_id": area_of(places), "printed": text, **PLACE_IN_SEED},
    key=("idea_id", "area_id"),
)

feed_idea_suggestions = transcribed(
    "idea_suggestion",
    lambda places: {
        "idea_id": idea,
        "kind": one_of(SUGGESTIONS),
        "number": or_none(count),
        **in_three_languages("text"),
        "rank": count,
        **PLACE_IN_SEED,
    },
    key=("idea_id", "rank"),
    integers=("number",),
)

feed_missing_links = transcribed(
    "missing_link",
    lambda places: {
        "link_id": text,
        "meeting_id": meeting,
        "theme_id": theme,
        "mode": one_of(LINK_MODES),
        "wanted": one_of(WANTED),
        **{name: or_none(text) for end in ("from", "to") for name in in_three_languages(end)},
        "existing": or_none(count),
        **in_three_languages("text"),
        "rank": count,
        **PLACE_IN_SEED,
    },
    key=("link_id",),
    integers=("existing",),
)


def _deduction(is_computed: str, how: str) -> None:
    """Raises ValueError when a deduced figure does not say how it was deduced, or a printed one does."""
    if (is_computed == "true") != bool(how):
        raise ValueError(f"is_computed is {is_computed}, and computation is {how!r}")
