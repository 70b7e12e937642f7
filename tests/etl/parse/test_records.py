"""A JSON list of objects: what is left out, what is missing, what is refused."""

from __future__ import annotations

import json

import pytest

from etl.errors import SourceError, TryAgain, WrongRequest
from etl.parse import read

OPTIONS = {"columns": {"code": "GEO", "population": "PMUN"}, "value_columns": ["PMUN"]}
COMMUNES = [
    {"code": "01001", "type": "commune-actuelle", "population": 860},
    {"code": "59355", "type": "commune-associee"},
]


def cells(content: object, **options: object) -> list[tuple[str, ...]]:
    frame = read("records", json.dumps(content).encode(), {**OPTIONS, **options})
    return list(zip(frame["GEO"], frame["OBS_VALUE"], map(str, frame["row"]), strict=True))


def test_a_code_keeps_its_zeros_and_what_an_object_lacks_is_empty() -> None:
    assert cells(COMMUNES) == [("01001", "860", "1"), ("59355", "", "2")]


def test_things_of_another_kind_are_left_out_and_rows_keep_their_number() -> None:
    assert cells(COMMUNES[::-1], where={"type": "commune-actuelle"}) == [("01001", "860", "2")]


def test_what_holds_of_every_object_is_written_on_each() -> None:
    frame = read("records", json.dumps(COMMUNES).encode(), {**OPTIONS, "constants": {"TIME_PERIOD": "2023"}})
    assert set(frame["TIME_PERIOD"]) == {"2023"}


@pytest.mark.parametrize(
    ("content", "family", "said"),
    [
        (b"[]", TryAgain, "not a JSON list with something in it"),
        (b'{"code": 1}', TryAgain, "not a JSON list"),
        (b'["01001"]', WrongRequest, "other things than objects"),
        (b'[{"code": "01001"}]', WrongRequest, "no object has a figure called 'PMUN'"),
        (b'[{"code": ', TryAgain, "cut or damaged"),
    ],
)
def test_what_is_no_such_list_is_named(content: bytes, family: type[SourceError], said: str) -> None:
    with pytest.raises(family, match=said):
        read("records", content, OPTIONS)
