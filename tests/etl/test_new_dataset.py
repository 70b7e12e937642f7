"""A dataset nobody has seen, in any known format, works by adding one TOML and nothing else."""

from __future__ import annotations

import io

import duckdb
import pytest
import xlsxwriter

from etl.parse import READERS
from tests.etl.small_world import WORDS, SmallWorld

TOML = f"""\
provider = "eurostat"
format = "{{format}}"
homepage = "https://example.org/new"
url = "https://example.org/new.file"
archive = "new.file"
vintage = "2026"
frequency = "annual"
[title]
{WORDS}
[reader]
{{reader}}
[keep]
{{keep}}
[places]
column = "{{column}}"
scheme = "{{scheme}}"
[period]
column = "{{period}}"
form = "year"
[[indicator]]
id = "new"
theme = "mobility"
kind = "count"
unit = "NR"
decimals = 0
[indicator.label]
{WORDS}
[indicator.description]
{WORDS}
"""

SDMX_CSV = "DATAFLOW,veh,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nX,TRAM,FRE1,2025,7,p\n"
JSON_STAT = """{"class": "dataset", "value": {"1": 7}, "status": {"1": "p"}, "id": ["veh", "geo", "time"],
"size": [1, 1, 2], "dimension": {"veh": {"category": {"index": {"TRAM": 0}}},
"geo": {"category": {"index": {"FRE1": 0}}}, "time": {"category": {"index": {"2024": 0, "2025": 1}}}}}"""
SDMX_ML = """<m:StructureSpecificData xmlns:m="m"><m:DataSet><Series veh="TRAM" geo="FRE1">
<Obs TIME_PERIOD="2025" OBS_VALUE="7" OBS_FLAG="p"/></Series></m:DataSet></m:StructureSpecificData>"""
MELODI = """{"observations": [{"dimensions": {"GEO": "2025-COM-57096", "VEH": "TRAM", "TIME_PERIOD": "2025"},
"measures": {"OBS_VALUE_NIVEAU": {"value": 7}}, "attributes": {"OBS_STATUS": "P"}}]}"""

BESTAT = """{"facts": [{"Gemeente": "Moeskroen", "Arrondissement": "Doornik-Moeskroen", "Jaar": "2025",
"Trams": 7}]}"""

NUTS = {"keep": 'veh = ["TRAM"]', "column": "geo", "scheme": "NUTS", "period": "TIME_PERIOD", "reader": ""}
COMMUNE = {**NUTS, "keep": 'VEH = ["TRAM"]\nGEO_KIND = ["COM"]', "column": "GEO", "scheme": "REFNIS"}
COLUMNS = {
    **NUTS,
    "reader": 'separator = "|"\nid_columns = ["veh", "geo", "CD_YEAR"]\nvalue_columns = ["MS_*"]',
    "period": "CD_YEAR",
}
FACTS = {
    "keep": "",
    "column": "refnis",
    "scheme": "REFNIS",
    "period": "TIME_PERIOD",
    "reader": 'municipality = ["Gemeente"]\narrondissement = ["Arrondissement"]\n'
    'period = ["Jaar"]\nvalue = ["Trams"]',
}
REGISTER = """[{"code": "FRE1", "kind": "region", "trams": 7}, {"code": "59", "kind": "department"}]"""
OBJECTS = {
    **NUTS,
    "keep": "",
    "reader": 'columns = { code = "geo", trams = "TRAM" }\nvalue_columns = ["TRAM"]\n'
    'where = { kind = "region" }\nconstants = { TIME_PERIOD = "2025" }',
}
SHEET = {
    **NUTS,
    "keep": "",
    "reader": 'sheet = "trams"\nheader_row = 2\nid_columns = ["geo"]\nperiod_pattern = "20.."',
}


def sheet() -> bytes:
    """A title, a header and one figure."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    page = book.add_worksheet("trams")
    for number, cells in enumerate([["Trams"], ["geo", "2025"], ["FRE1", 7]]):
        page.write_row(number, 0, cells)
    book.close()
    return content.getvalue()


FORMATS = [
        ("records", REGISTER, OBJECTS, "FRE1", "A"),
        ("bestat", BESTAT, FACTS, "NIS57096", "A"),
        ("workbook", sheet(), SHEET, "FRE1", "A"),
        ("tsv", "veh,geo\\TIME_PERIOD\t2025 \nTRAM,FRE1\t7 p\n", NUTS, "FRE1", "P"),
        ("sdmx_csv", SDMX_CSV, NUTS, "FRE1", "P"),
        ("json_stat", JSON_STAT, NUTS, "FRE1", "P"),
        ("sdmx_ml", SDMX_ML, NUTS, "FRE1", "P"),
        ("melodi", MELODI, COMMUNE, "NIS57096", "P"),
        ("delimited", "veh|geo|CD_YEAR|MS_CARS\nTRAM|FRE1|2025|7\n", COLUMNS, "FRE1", "A"),
]  # fmt: skip


def test_no_format_is_left_out() -> None:
    assert sorted(file_format for file_format, *_ in FORMATS) == sorted(READERS)


@pytest.mark.parametrize(("file_format", "content", "declared", "territory", "status"), FORMATS)
def test_one_toml_brings_its_figures_into_the_warehouse(
    small: SmallWorld,
    file_format: str,
    content: str | bytes,
    declared: dict[str, str],
    territory: str,
    status: str,
) -> None:
    small.declare("new", TOML.format(format=file_format, **declared))
    small.refresh("new", content.encode() if isinstance(content, str) else content)

    figures = "SELECT territory_id, period, value, status FROM observation WHERE indicator_id = 'new'"
    with duckdb.connect(small.build(), read_only=True) as connection:
        assert connection.execute(figures).fetchall() == [(territory, "2025", 7.0, status)]
