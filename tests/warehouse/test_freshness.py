"""How old figures are, when the next edition is due, and what the log of the refreshes says of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from warehouse import store
from warehouse.fetch_log import FAILED, NEW, UNCHANGED, Attempt, histories, line_of
from warehouse.freshness import age_in_days, edition_day, freshness, next_edition

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("vintage", "published", "expected"),
    [
        ("2023-02", date(2023, 2, 21), date(2023, 2, 21)),
        ("2026-04", None, date(2026, 4, 1)),
        ("2023-T3", None, date(2023, 7, 1)),
        ("2019", None, date(2019, 1, 1)),
        ("2012–2023", None, date(2023, 1, 1)),
        ("2021-2027", None, None),
        ("2023-13", None, None),
        (None, None, None),
    ],
)
def test_an_edition_came_out_when_its_provider_or_its_name_says(
    vintage: str | None, published: date | None, expected: date | None
) -> None:
    assert edition_day(vintage, published) == expected


def test_the_next_edition_follows_from_the_frequency() -> None:
    day = date(2026, 11, 9)
    assert next_edition(day, "annual") == date(2027, 11, 1)
    assert next_edition(day, "quarterly") == date(2027, 2, 1)
    assert next_edition(day, "once") is None
    assert next_edition(None, "annual") is None


def test_what_is_not_out_yet_has_no_age() -> None:
    assert age_in_days(date(2026, 11, 1), date(2026, 11, 24)) == 23
    assert age_in_days(date(2090, 1, 1), date(2026, 11, 24)) is None


def test_the_last_success_outlives_a_failure(tmp_path: Path) -> None:
    good = Attempt("rate", NOON, NEW, rows=4, validators={"https://a": ('"1"', "")})
    bad = Attempt("rate", NOON, FAILED, problem="it answers 503", family="try_again")
    log = tmp_path / store.FETCH_LOG
    log.write_text(f"{line_of(good)}\nnot a line of ours\n{line_of(bad)}\n")

    (history,) = histories(tmp_path).values()

    assert (history.last, history.success) == (bad, good)


def test_without_a_log_nothing_was_attempted(tmp_path: Path) -> None:
    assert histories(tmp_path) == {}


def test_every_dataset_that_a_provider_publishes_has_its_row(warehouse: Path) -> None:
    log = warehouse.parent / store.FETCH_LOG
    log.write_text(line_of(Attempt("demo_r_pjanaggr3", NOON, UNCHANGED)) + "\n")
    try:
        rows = {row["dataset_id"]: row for row in freshness(date(2026, 11, 24)).frame.to_dict("records")}
    finally:
        log.unlink()

    population = rows["demo_r_pjanaggr3"]
    assert (population["vintage"], population["age_days"]) == ("2026-04", 237)
    assert (population["next_edition"], population["outcome"]) == (date(2027, 4, 1), "unchanged")
    assert rows["base_flux"]["origin"] == "not_loaded"
    assert rows["base_flux"]["next_comes"] == "fetch"
    assert rows["chomage_ze"]["next_comes"] == "file"
    assert "gdp_per_inhabitant" not in rows, "what we compute has no edition of its own"
