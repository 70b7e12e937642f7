"""How old the figures of a dataset are, when their next edition is due, and what the last attempt came to."""

from __future__ import annotations

import re
from datetime import date

import pandas

from warehouse import store
from warehouse.fetch_log import histories
from warehouse.result import Result

TO = "–"  # between the first and the last of several editions
MONTHS = {"annual": 12, "quarterly": 3, "monthly": 1}
EDITION = re.compile(r"(?P<year>\d{4})(?:-(?:T|Q)(?P<quarter>[1-4])|-(?P<month>\d\d))?(?:-\d\d)?$")

DATASETS = """
SELECT d.dataset_id, p.name AS provider, d.title_fr, d.title_nl, d.title_en, d.vintage, d.frequency,
       d.published_at, d."rows", d.origin::VARCHAR AS origin, d.homepage, d.next_comes
FROM dataset AS d JOIN provider AS p USING (provider_id)
WHERE d.origin != 'computed'
UNION ALL
SELECT n.dataset_id, p.name, n.title_fr, n.title_nl, n.title_en, NULL, n.frequency,
       NULL, NULL, 'not_loaded', n.homepage, if(n.by_hand, 'fetch', 'refresh')
FROM not_loaded AS n JOIN provider AS p USING (provider_id)
ORDER BY provider, dataset_id
"""


def edition_day(vintage: str | None, published: date | None) -> date | None:
    """When the last edition came out: as the provider states, else the first day its name stands for."""
    if published is not None:
        return published
    named = EDITION.match((vintage or "").rpartition(TO)[2])
    if named is None:
        return None
    month = int(named["month"] or 1) if not named["quarter"] else 3 * int(named["quarter"]) - 2
    return date(int(named["year"]), month, 1) if 1 <= month <= 12 else None


def next_edition(day: date | None, frequency: str) -> date | None:
    """The month in which the edition after that of `day` is due, by its first day; None where none is."""
    months = MONTHS.get(frequency)
    if day is None or months is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def age_in_days(day: date | None, today: date) -> int | None:
    """None before the day has come: a clock was set back, or the date is wrong."""
    return None if day is None or day > today else (today - day).days


def freshness(today: date | None = None) -> Result:
    """A row a dataset: edition, rows, age in days, next edition, last attempt, last success, its outcome.

    `outcome` and `family` are those of the fetch log, None and "" for what was never asked for. Read anew at
    each call: an attempt that failed changes no build.
    """
    today = today or date.today()
    frame = store.query(DATASETS)
    log = histories()
    days = [
        edition_day(_text(row.vintage), None if pandas.isna(row.published_at) else row.published_at.date())
        for row in frame.itertuples()
    ]
    lasts = [log.get(name) for name in frame["dataset_id"]]
    return Result(
        frame.assign(
            age_days=pandas.array([age_in_days(day, today) for day in days], dtype="Int64"),
            next_edition=[
                next_edition(day, frequency) for day, frequency in zip(days, frame["frequency"], strict=True)
            ],
            last_attempt=[history.last.at if history else None for history in lasts],
            last_success=[history.success.at if history and history.success else None for history in lasts],
            outcome=[history.last.outcome if history else None for history in lasts],
            family=[history.last.family if history else "" for history in lasts],
        ),
        indicators=(),
        sources=(),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
