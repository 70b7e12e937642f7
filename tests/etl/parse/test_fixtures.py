"""Every fixture is a cut of what a provider served; what lies beside it is what must be read out of it.

`documented_shape` in a name: no such answer was recorded, it is built as the provider documents it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from etl.parse import READERS, read
from etl.parse.table import ROW

FIXTURES = Path(__file__).parents[2] / "fixtures"
EXPECTED = ".expected.csv"

OPTIONS: Mapping[str, Mapping[str, object]] = {
    "pipe_with_bom.txt": {"separator": "|", "missing": ["-"]},
    "wide_in_a.zip": {
        "separator": "|",
        "member": "TF_*.txt",
        "columns": {
            "CD_YEAR": "year",
            "CD_MUNTY_REFNIS": "refnis",
            "MS_TOT_NET_TAXABLE_INC": "income",
            "MS_NBR_NON_ZERO_INC": "declarations",
        },
        "id_columns": ["refnis", "year"],
        "value_columns": ["income", "declarations"],
    },
    "windows_1252.csv": {
        "separator": ";",
        "columns": {
            "Code INS": "code",
            "Entités administratives": "name_fr",
            "Administratieve eenheden": "name_nl",
        },
        "id_columns": ["code", "name_fr", "name_nl"],
    },
    "leading_zeros.csv": {
        "columns": {
            "code_ins": "refnis",
            "public_geography_id": "refnis",
            "annee": "year",
            "total": "population",
        },
        "id_columns": ["refnis", "year"],
        "value_columns": ["population"],
    },
    "local_units.json": {
        "municipality": ["Gemeente"],
        "arrondissement": ["Arrondissement"],
        "period": ["Kwartaal"],
        "value": ["Aantal vestigingseenheden"],
    },
    "communes.json": {
        "columns": {"code": "GEO", "population": "PMUN"},
        "value_columns": ["PMUN"],
        "measure": "POPREF_MEASURE",
        "where": {"type": "commune-actuelle"},
        "constants": {"GEO_KIND": "COM", "TIME_PERIOD": "2023"},
    },
    "quarters_from_row_six.xlsx": {
        "sheet": "txcho_ze",
        "header_row": 6,
        "id_columns": ["ZE2020"],
        "period_pattern": r"\d{4}-T[1-4]",
    },
}


def fixtures() -> list[Path]:
    files = (path for path in FIXTURES.glob("*/*") if path.parent.name in READERS)
    return sorted(path for path in files if not path.name.endswith(EXPECTED))


@pytest.mark.parametrize("source", fixtures(), ids=lambda source: f"{source.parent.name}/{source.name}")
def test_a_cut_of_a_published_file_reads_as_expected(source: Path) -> None:
    frame = read(source.parent.name, source.read_bytes(), OPTIONS.get(source.name, {}))
    with source.with_name(source.name + EXPECTED).open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    assert list(frame.columns) == header
    assert [[str(cell) for cell in row] for row in frame.itertuples(index=False)] == rows


@pytest.mark.parametrize("source", fixtures(), ids=lambda source: f"{source.parent.name}/{source.name}")
def test_figures_are_text_and_what_identifies_them_codes_in_the_order_of_their_texts(source: Path) -> None:
    frame = read(source.parent.name, source.read_bytes(), OPTIONS.get(source.name, {}))
    assert not frame.isna().any(axis=None)
    assert frame[ROW].dtype == "int64"
    others = [name for name in frame.columns if name not in (ROW, "OBS_VALUE")]
    if "OBS_VALUE" not in frame:
        assert {str(frame[name].dtype) for name in others} == {"str"}
        return
    assert frame["OBS_VALUE"].dtype == "str"
    for name in others:
        texts = frame[name].cat.categories
        assert texts.dtype == "str"
        assert list(texts) == sorted(texts)


def test_every_format_has_a_fixture() -> None:
    assert {source.parent.name for source in fixtures()} == set(READERS)
