"""What is counted of a theme, in three units beside one another: votes, territories there, territories here.

An account groups themes in its own way: what is counted under a wider or narrower name is said, never added.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas
import streamlit

from pages.components.context import Context
from warehouse.queries import meetings


@dataclass(frozen=True)
class Units:
    """None: not counted under this name. `near_*` are rows of the themes whose names overlap with it."""

    votes: int | None
    level: int | None
    local: int | None
    expected: int | None
    near_votes: pandas.DataFrame
    near_territories: pandas.DataFrame
    meeting_id: str | None  # where the votes were cast


def of(theme_id: str) -> Units:
    held = meetings.meetings().frame
    voted = [meetings.votes(name).frame for name in held.loc[held["has_report"], "meeting_id"]]
    votes = pandas.concat(voted)
    named = meetings.theme_expectations().frame
    # Meetings come the latest first: votes of two campaigns are never added up.
    own = votes[votes["theme_id"] == theme_id].head(1)
    label = _label(theme_id, votes, named)
    return Units(
        votes=int(own["votes"].iloc[0]) if len(own) else None,
        level=int(own["level"].iloc[0]) if len(own) else None,
        meeting_id=str(own["meeting_id"].iloc[0]) if len(own) else None,
        local=_territories(named, theme_id, "local_priority"),
        expected=_territories(named, theme_id, "expected_of_mot"),
        near_votes=_near(votes, theme_id, label),
        near_territories=_near(named, theme_id, label),
    )


def show(context: Context, known: Units) -> None:
    votes = _where(context, known) if known.meeting_id else ""
    blocks = [
        _block(context, known.votes, "votes", votes, known.near_votes, "votes"),
        *(
            _block(
                context,
                count,
                scale,
                _which(context, count),
                known.near_territories[known.near_territories["scale"] == scale],
                "territories",
            )
            for count, scale in ((known.local, "local_priority"), (known.expected, "expected_of_mot"))
        ),
    ]
    streamlit.html(f'<div class="units" data-testid="units">{"".join(blocks)}</div>')


def _where(context: Context, known: Units) -> str:
    held = meetings.meetings().frame
    meeting = held[held["meeting_id"] == known.meeting_id].iloc[0]
    territory = meeting[f"name_{context.words.language}"]
    return context.words("dossier.votes_at", level=known.level, territory=territory, year=meeting["year"])


def _which(context: Context, count: int | None) -> str:
    """Which territories they are is known only where it is all of them."""
    if count is None:
        return ""
    everywhere = count == len(meetings.participation().frame)
    return context.words("meetings.all_nine" if everywhere else "meetings.unspecified")


def _block(
    context: Context, count: int | None, unit: str, note: str, near: pandas.DataFrame, column: str
) -> str:
    words = context.words
    if count is None:
        value = f'<p class="value none">{escape(words("dossier.not_counted"))}</p>'
    elif column == "territories":
        value = f'<p class="value">{escape(words("meetings.of_nine", count=count))}</p>'
    else:
        value = f'<p class="value">{escape(words.number(count))}</p>'
    # A theme counted under its own name needs no neighbour.
    others = [] if count is not None else near.to_dict("records")
    named = [
        words("dossier.near", label=row[f"label_{words.language}"], count=words.number(row[column]))
        for row in others
    ]
    lines = "".join(f'<p class="note">{escape(line)}</p>' for line in (note, *named) if line)
    return f'<div>{value}<p class="what">{escape(words(f"dossier.unit_{unit}"))}</p>{lines}</div>'


def _territories(named: pandas.DataFrame, theme_id: str, scale: str) -> int | None:
    own = named[(named["theme_id"] == theme_id) & (named["scale"] == scale)]
    return int(own["territories"].iloc[0]) if len(own) else None


def _label(theme_id: str, *frames: pandas.DataFrame) -> str:
    found = [name for frame in frames for name in frame.loc[frame["theme_id"] == theme_id, "label_fr"]]
    return str(found[0]) if found else ""


def _near(frame: pandas.DataFrame, theme_id: str, label: str) -> pandas.DataFrame:
    """Rows of the themes whose name shares a part with this one: Gouvernance / Obstacles / Stratégie."""
    own = _parts(label)
    is_near = [
        name != theme_id and bool(own & _parts(other))
        for name, other in zip(frame["theme_id"], frame["label_fr"], strict=True)
    ]
    return frame[is_near]


def _parts(label: str) -> frozenset[str]:
    return frozenset(part.strip().casefold() for part in label.split("/") if part.strip())
