"""What can be observed across a border, and why not the rest."""

from __future__ import annotations

import pandas
import pytest

from warehouse.queries import flow_coverage

pytestmark = pytest.mark.usefixtures("warehouse")


def cell(border: str, direction: str, ending: str, level: str) -> pandas.DataFrame:
    frame = flow_coverage.by_direction(border).frame
    keys = (frame["direction"] == direction) & (frame["ending"] == ending) & (frame["level"] == level)
    return frame[keys]


def test_a_level_with_figures_names_its_sources_and_years() -> None:
    """Rows 419 to 422 and 424: five figures by employment zone, census 2021."""
    zones = cell("BE", "out", "origin", "employment_zone")
    assert set(zones["state"]) == {"value"}
    assert zones.iloc[0]["definition_id"] == "census"
    assert (zones.iloc[0]["first_year"], zones.iloc[0]["last_year"]) == ("2021", "2021")


def test_what_is_published_and_not_here_says_what_would_bring_it() -> None:
    (row,) = cell("BE", "out", "origin", "municipality").to_dict("records")
    assert row["state"] == "not_loaded"
    assert "actualisation" in row["reason_fr"]
    assert row["source"].startswith("https://www.insee.fr/")


def test_what_nobody_measures_is_not_observed_at_any_level_below() -> None:
    frame = flow_coverage.by_direction("CH").frame
    entering = frame[frame["direction"] == "in"]
    assert set(entering["state"]) == {"not_observed"}
    assert entering["reason_fr"].str.contains("Personne ne compte").all()


def test_a_country_without_a_code_in_the_census_is_not_observed_by_municipality() -> None:
    (row,) = cell("ES", "out", "origin", "municipality").to_dict("records")
    assert row["state"] == "not_observed"


def test_measured_and_not_published_is_told_from_not_observed() -> None:
    (row,) = cell("BE", "in", "destination", "nuts3").to_dict("records")
    assert row["state"] == "not_published"
    assert row["producer"] == "Inami"


def test_every_direction_has_every_level_of_its_country() -> None:
    frame = flow_coverage.by_direction("BE").frame
    french = frame[(frame["direction"] == "out") & (frame["ending"] == "origin")]
    assert set(french["level"]) >= {"country", "nuts1", "nuts2", "nuts3", "employment_zone"}
