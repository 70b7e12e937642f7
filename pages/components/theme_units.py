"""What is counted of a theme, in three units beside one another: votes, territories there, territories here.

An account groups themes in its own way: what is counted under a wider or narrower name is said, never added.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas
import streamlit

from pages.components.context import Context
from pages.components.words import Words
from warehouse.queries import meetings, strategy


@dataclass(frozen=True)
class Units:
    """None: not counted under this name. `near_*` are rows of the themes whose names overlap with it."""

    cast: pandas.DataFrame  # a row a meeting that voted on it, the latest first: never added up
    local: int | None
    expected: int | None
    near_votes: pandas.DataFrame
    near_territories: pandas.DataFrame

    @property
    def votes(self) -> int | None:
        """Of the latest meeting that voted on it."""
        return None if self.cast.empty else int(self.cast["votes"].iloc[0])

    @property
    def meeting_id(self) -> str | None:
        """Where those votes were cast."""
        return None if self.cast.empty else str(self.cast["meeting_id"].iloc[0])


def of(theme_id: str) -> Units:
    held = meetings.meetings().frame
    voted = [meetings.votes(name).frame for name in held.loc[held["has_report"], "meeting_id"]]
    votes = pandas.concat(voted)
    named = meetings.theme_expectations().frame
    label = strategy.chain(theme_id).frame["theme_fr"].iloc[0]
    return Units(
        cast=votes[votes["theme_id"] == theme_id],
        local=_territories(named, theme_id, "local_priority"),
        expected=_territories(named, theme_id, "expected_of_mot"),
        near_votes=_near(votes, theme_id, label),
        near_territories=_near(named, theme_id, label),
    )


def show(context: Context, known: Units) -> None:
    blocks = [
        _block(context, known.votes, "votes", _where(context.words, known), known.near_votes, "votes"),
        *(
            _block(
                context,
                count,
                scale,
                [_which(context, count)],
                known.near_territories[known.near_territories["scale"] == scale],
                "territories",
            )
            for count, scale in ((known.local, "local_priority"), (known.expected, "expected_of_mot"))
        ),
    ]
    streamlit.html(f'<div class="units" data-testid="units">{"".join(blocks)}</div>')


def meeting(words: Words, meeting_id: str) -> str:
    """rencontre Hauts-de-France 2021."""
    of = meetings.meetings().frame.set_index("meeting_id").loc[meeting_id]
    return words("dossier.meeting", territory=of[f"name_{words.language}"], year=of["year"])


def _where(words: Words, known: Units) -> list[str]:
    """Of which meeting the votes are; then those of the meetings before."""
    said: list[str] = []
    for row in known.cast.to_dict("records"):
        level = "" if pandas.isna(row["level"]) else words("dossier.level", level=int(row["level"]))
        count = words.count("meetings.votes", int(row["votes"])) if said else ""
        parts = (count, level, meeting(words, row["meeting_id"]))
        said.append(", ".join(part for part in parts if part))
    return said


def _which(context: Context, count: int | None) -> str:
    """Which territories they are is known only where it is all of them."""
    if count is None:
        return ""
    everywhere = count == len(meetings.accounts().frame)
    return context.words("meetings.all_nine" if everywhere else "meetings.unspecified")


def _block(
    context: Context, count: int | None, unit: str, notes: list[str], near: pandas.DataFrame, column: str
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
    lines = "".join(f'<p class="note">{escape(line)}</p>' for line in (*notes, *named) if line)
    return f'<div>{value}<p class="what">{escape(words(f"dossier.unit_{unit}"))}</p>{lines}</div>'


def _territories(named: pandas.DataFrame, theme_id: str, scale: str) -> int | None:
    own = named[(named["theme_id"] == theme_id) & (named["scale"] == scale)]
    return int(own["territories"].iloc[0]) if len(own) else None


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
