"""Whatever arrives, a reader gives a frame or a SourceError: nothing else may reach who runs the build."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.errors import SourceError
from etl.parse import READERS, read
from tests.etl.parse.test_fixtures import OPTIONS, fixtures

SHEET: Mapping[str, object] = {"sheet": "s", "header_row": 1, "id_columns": ["a"], "period_pattern": ".*"}
FACTS: Mapping[str, object] = {key: ["a"] for key in ("municipality", "arrondissement", "period", "value")}
KEYS: Mapping[str, object] = {"columns": {"a": "a"}, "value_columns": ["a"]}
MINIMAL: Mapping[str, Mapping[str, object]] = {"workbook": SHEET, "bestat": FACTS, "records": KEYS}
STARTS = [b"", b"\x1f\x8b", b"PK\x03\x04", b"\xef\xbb\xbf", b"a,b\n", b"freq,geo\\TIME_PERIOD\t2025 \n", b'"']


@pytest.mark.parametrize("format_name", READERS)
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_random_bytes_never_break_a_reader(format_name: str, start: bytes, rest: bytes) -> None:
    with contextlib.suppress(SourceError):
        read(format_name, start + rest, MINIMAL.get(format_name, {}))


@pytest.mark.parametrize("source", fixtures(), ids=lambda source: f"{source.parent.name}/{source.name}")
@given(part=st.floats(min_value=0, max_value=1, exclude_max=True))
@settings(max_examples=60, deadline=None)
def test_a_cut_file_is_an_error_or_a_shorter_table(source: Path, part: float) -> None:
    content, options = source.read_bytes(), OPTIONS.get(source.name, {})
    with contextlib.suppress(SourceError):
        cut = read(source.parent.name, content[: int(part * len(content))], options)
        assert len(cut) <= len(read(source.parent.name, content, options))
