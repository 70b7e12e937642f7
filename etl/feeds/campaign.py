"""A campaign's file, one row a theme voted on → meeting, vote, participation, objective_stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from etl.campaign.known import known
from etl.campaign.meetings import Meeting, Vote, read_meetings
from etl.declaration import Dataset
from etl.errors import WrongRequest
from etl.feeds.cells import fed
from etl.feeds.fed import Fed
from etl.feeds.rows import require_columns
from etl.harmonise import Places
from warehouse.campaign import COLUMNS, FORM, REQUIRED
from warehouse.sheet import Row


def feed(dataset: Dataset, frame: pd.DataFrame, places: Places) -> Fed:
    """Raises WrongRequest on the first row at fault, however many there are: nothing is half loaded."""
    require_columns(frame, REQUIRED)
    meetings, faults = read_meetings(_rows(frame), known())
    if faults:
        raise WrongRequest(
            f"the campaign has faults ({len(faults)}), the first: {faults[0]}",
            "run `python -m etl check --file` on the file, which names them all",
            row=faults[0].row,
        )
    tables = {
        "meeting": pd.DataFrame(map(_meeting, meetings)).astype({"awaited_themes": "Int64"}),
        "vote": _frame(dataset, (row for meeting in meetings for row in _votes(meeting))),
        "participation": _frame(dataset, map(_participation, meetings)),
        "objective_stated": _frame(dataset, (row for meeting in meetings for row in _objectives(meeting))),
    }
    return fed(dataset, **{name: table for name, table in tables.items() if not table.empty})


def _rows(frame: pd.DataFrame) -> Iterator[Row]:
    for record in frame.to_dict("records"):
        row = Row(int(record["row"]), {name: record[name] for name in COLUMNS if name in record})
        if row.is_filled(*(name for name in COLUMNS if name not in FORM.given)):
            yield row


def _frame(dataset: Dataset, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows of a table, each with the campaign as its document: there is no seed to open."""
    table = pd.DataFrame(rows).assign(seed=dataset.dataset_id, heading=dataset.title.fr)
    integers = {name: "Int64" for name in ("level", "participants") if name in table}
    return table.astype(integers).assign(dataset_id=dataset.dataset_id)


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting_id": meeting.meeting_id,
        "area_id": meeting.area_id,
        "year": meeting.year,
        "has_report": bool(meeting.votes),
        "awaited_themes": None,
    }


def _participation(meeting: Meeting) -> dict[str, Any]:
    return {
        "area_id": meeting.area_id,
        "year": meeting.year,
        "participants": meeting.participants,
        "is_computed": False,
        "computation": None,
        "line": meeting.row,
    }


def _votes(meeting: Meeting) -> Iterator[dict[str, Any]]:
    for rank, vote in enumerate(meeting.votes, start=1):
        yield {
            "meeting_id": meeting.meeting_id,
            "theme_id": vote.theme_id,
            "level": vote.level,
            "votes": vote.votes,
            "printed_with": None,
            "rank": rank,
            "line": vote.row,
        }


def _objectives(meeting: Meeting) -> Iterator[dict[str, Any]]:
    for vote in meeting.votes:
        yield from _objectives_of(meeting, vote)


def _objectives_of(meeting: Meeting, vote: Vote) -> Iterator[dict[str, Any]]:
    for rank, (french, dutch, english) in enumerate(vote.objectives, start=1):
        yield {
            "meeting_id": meeting.meeting_id,
            "theme_id": vote.theme_id,
            "kind": "objective",
            "text_fr": french,
            "text_nl": dutch,
            "text_en": english,
            "rank": rank,
            "line": vote.row,
        }
