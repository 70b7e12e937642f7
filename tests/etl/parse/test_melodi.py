"""Pages of Melodi observations: any measure, a flag or none, and answers without one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from etl.errors import SourceError, TryAgain, WrongRequest
from etl.parse import read


def page(*observations: dict[str, Any]) -> bytes:
    return json.dumps({"observations": observations, "paging": {}}).encode()


def observation(**changes: Any) -> dict[str, Any]:
    given = {
        "dimensions": {"GEO": "2025-COM-59350", "TIME_PERIOD": "2022"},
        "measures": {"OBS_VALUE_NIVEAU": {"value": 12.5}},
    }
    return {**given, **changes}


def test_a_place_is_its_edition_its_kind_and_its_code() -> None:
    (row,) = read("melodi", page(observation()), {}).to_dict("records")
    assert row == {
        "GEO_EDITION": "2025",
        "GEO_KIND": "COM",
        "GEO": "59350",
        "TIME_PERIOD": "2022",
        "measure": "OBS_VALUE_NIVEAU",
        "OBS_VALUE": "12.5",
        "OBS_FLAG": "",
        "row": 1,
    }


def test_each_measure_of_an_observation_is_a_row() -> None:
    two = observation(measures={"OBS_VALUE_NIVEAU": {"value": 12.5}, "OBS_VALUE_PART": {"value": None}})
    frame = read("melodi", page(two), {})
    assert list(zip(frame["measure"], frame["OBS_VALUE"], frame["row"], strict=True)) == [
        ("OBS_VALUE_NIVEAU", "12.5", 1),
        ("OBS_VALUE_PART", "", 1),
    ]


@pytest.mark.parametrize(
    ("attributes", "flag"),
    [
        ({}, ""),
        (None, ""),
        ({"OBS_STATUS": "A", "CONF_STATUS": "F"}, "A"),
        ({"OBS_STATUS": "U", "CONF_STATUS": "C"}, "U@C"),
        ({"OBS_STATUS_FR": "PROV"}, "P"),
        ({"OBS_STATUS_FR": "D"}, "A"),
    ],
)
def test_a_flag_is_the_status_and_what_forbids_to_publish(attributes: object, flag: str) -> None:
    assert read("melodi", page(observation(attributes=attributes)), {})["OBS_FLAG"][0] == flag


def test_a_figure_counted_in_another_commune_is_missing_here() -> None:
    frame = read("melodi", page(observation(attributes={"OBS_STATUS": "K"})), {})
    assert (frame["OBS_VALUE"][0], frame["OBS_FLAG"][0]) == ("", "K")


@pytest.mark.parametrize(
    ("content", "family", "told"),
    [
        (b"", TryAgain, "the file is empty"),
        ("Le serveur a rencontré une erreur inattendue.".encode(), TryAgain, "the JSON is cut or damaged"),
        (b"<html></html>", TryAgain, "an HTML page"),
        (page(), WrongRequest, "no observation is what was asked for"),
        (b'{"identifier": "DS"}', TryAgain, "no list of `observations`"),
        (page(observation(), {"dimensions": {}}), TryAgain, "row 2: the observation is not"),
        (page(observation(dimensions={"GEO": "59350"})), TryAgain, "row 1: the observation is not"),
        (page(observation(measures=[])), TryAgain, "row 1: the observation is not"),
    ],
)
def test_what_is_no_page_says_what_to_do(content: bytes, family: type[SourceError], told: str) -> None:
    with pytest.raises(family, match=told):
        read("melodi", content, {})
