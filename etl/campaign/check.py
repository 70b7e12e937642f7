"""`python -m etl check --file`: what a campaign's file holds, or everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from etl.campaign.known import known
from etl.campaign.meetings import Meeting, read_meetings
from etl.errors import DoesNotExist
from warehouse.campaign import FORM
from warehouse.fault import Fault
from warehouse.sheet import read_sheet


@dataclass(frozen=True)
class Report:
    """`meetings` may be loaded only where there is no fault."""

    meetings: tuple[Meeting, ...]
    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        if self.faults:
            return "\n".join(map(str, self.faults))
        return "\n".join(map(_summary, self.meetings))


def check_campaign(file: Path) -> Report:
    """Raises DoesNotExist where the file cannot be read."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise DoesNotExist(
            f"the file cannot be read ({error.strerror})", "check its name", file=str(file)
        ) from None
    sheet = read_sheet(content, FORM)
    meetings, faults = read_meetings(sheet.rows, known())
    return Report(meetings, tuple(sorted((*sheet.faults, *faults))))


def _summary(meeting: Meeting) -> str:
    votes = _counted(sum(vote.votes for vote in meeting.votes), "vote")
    themes = _counted(len(meeting.votes), "thème")
    people = "non indiqués" if meeting.participants is None else str(meeting.participants)
    return f"{meeting.meeting_id} : {votes} sur {themes}, participants : {people}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"
