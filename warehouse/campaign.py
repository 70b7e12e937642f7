"""The file a new meeting of the Rencontres comes in: its columns, and the empty one to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from warehouse.sheet import Form

# One row a theme voted on. A territory and a year are a meeting; several may share a file.
COLUMNS = (
    "territoire",
    "annee",
    "participants",  # of the meeting: once is enough, never two figures
    "total_votes",  # of the meeting, to compare with what its themes add up to; may stay empty
    "theme",
    "niveau",  # 1, 2 or empty
    "votes",
    "objectifs",  # in French, several parted by |
    "objectifs_nl",  # as many, in the same order, or empty: the French is shown
    "objectifs_en",
)
REQUIRED = ("territoire", "annee", "theme", "votes")
FORM = Form(COLUMNS, REQUIRED, given=("theme",))
PARTED_BY = "|"


def template(themes: Iterable[str]) -> bytes:
    """A file to fill in, one row a theme, as French Excel reads it: UTF-8 with its mark, semicolons, CRLF.

    Rows left as they are count for nothing.
    """
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, COLUMNS, restval="", delimiter=";", lineterminator="\r\n")
    rows.writeheader()
    rows.writerows({"theme": theme} for theme in themes)
    return text.getvalue().encode("utf-8-sig")
