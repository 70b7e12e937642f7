"""Answers of the Eurostat JSON API: sparse cells, and the many ways of answering 200 without a figure."""

from __future__ import annotations

import json
from typing import Any

import pytest

from etl.errors import DoesNotExist, SourceError, TryAgain, WrongRequest
from etl.parse import read


def dataset(**changes: Any) -> bytes:
    """Two regions and two years, with something changed."""
    answer: dict[str, Any] = {
        "class": "dataset",
        "value": {"0": 9.4, "3": 7.6},
        "id": ["geo", "time"],
        "size": [2, 2],
        "dimension": {
            "geo": {"category": {"index": {"FRE1": 0, "BE32": 1}}},
            "time": {"category": {"index": {"2024": 0, "2025": 1}}},
        },
    }
    return json.dumps({**answer, **changes}).encode()


def rows(content: bytes) -> list[tuple[str, ...]]:
    frame = read("json_stat", content, {})
    return list(frame[["geo", "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG"]].itertuples(index=False, name=None))


def test_a_sparse_cell_is_found_by_its_place() -> None:
    assert rows(dataset()) == [("FRE1", "2024", "9.4", ""), ("BE32", "2025", "7.6", "")]


def test_figures_may_be_a_list() -> None:
    listed = dataset(value=[9.4, None, 7.0, 7.6], status={"1": "u"})
    assert rows(listed) == [
        ("FRE1", "2024", "9.4", ""),
        ("FRE1", "2025", "", "u"),
        ("BE32", "2024", "7.0", ""),
        ("BE32", "2025", "7.6", ""),
    ]


def test_a_confidential_cell_is_missing_and_says_so() -> None:
    assert rows(dataset(value={}, status={"2": "|C"})) == [("BE32", "2024", "", "@C")]


@pytest.mark.parametrize(
    ("content", "family", "told"),
    [
        (b"", TryAgain, "the file is empty"),
        (b"<!DOCTYPE html><title>Maintenance</title>", TryAgain, "an HTML page.*Maintenance"),
        (dataset()[:-20], TryAgain, "the JSON is cut or damaged"),
        (b"[]", TryAgain, "a JSON list, not an object"),
        (dataset(value={}), WrongRequest, "no cell has a figure"),
        (dataset(value={}, size=[2, 3]), TryAgain, "`id`, `size` and `dimension` disagree"),
        (dataset(value={"4": 1}), TryAgain, "place 4 lies outside a table of 4 cells"),
        (dataset(value={"x": 1}), TryAgain, "a place that is no number"),
        (dataset(value="9.4"), TryAgain, "neither a list nor an object"),
        (dataset(dimension={}), TryAgain, "'geo'.* is amiss"),
        (b'{"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE"}}', TryAgain, "in some minutes"),
        (b'{"error": [{"status": 404, "id": 100, "label": "ERR_NOT_FOUND"}]}', DoesNotExist, "ERR_NOT"),
        (b'{"error": [{"status": 413, "label": "EXTRACTION_TOO_BIG"}]}', WrongRequest, "Ask for less"),
        (b'{"error": "busy"}', TryAgain, "busy"),
    ],
)  # fmt: skip
def test_what_is_no_dataset_says_what_to_do(content: bytes, family: type[SourceError], told: str) -> None:
    with pytest.raises(family, match=told):
        read("json_stat", content, {})


def test_an_unknown_code_that_was_asked_for_is_named() -> None:
    nowhere = {"geo": {"category": {"index": {}}}, "time": {"category": {"index": {"2025": 0}}}}
    with pytest.raises(WrongRequest, match="no `geo` is what was asked for"):
        read("json_stat", dataset(value={}, size=[0, 1], dimension=nowhere), {})
