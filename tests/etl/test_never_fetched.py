"""Every dataset that waits for its first refresh: an answer built as declared becomes figures.

No real answer lies here. What is tested is that a declaration agrees with itself and with its reader; the
figures are made up.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from etl.declaration import Dataset, Indicator
from etl.feeds import FEEDS
from etl.harmonise import Places
from etl.snapshot import keep, read_answer
from etl.world import declarations, project_world

WAITING = [
    dataset
    for dataset in declarations(project_world(Path("no-data-folder"))).datasets
    if not dataset.is_carried
]
CODES = {"NUTS": "FRE1", "INSEE_DEP": "59", "COG": "59350", "REFNIS": "57096"}
PERIODS = {"year": "2023", "quarter": "2023-Q3"}
VALUE = "12.5"

Row = dict[str, str]


def rows(dataset: Dataset) -> list[Row]:
    """One row an indicator, as its declaration selects it."""
    return [_row(dataset, indicator) for indicator in dataset.indicators]


def _row(dataset: Dataset, indicator: Indicator) -> Row:
    assert dataset.places is not None
    assert dataset.period is not None
    return {
        **{column: values[0] for column, values in dataset.keep.items()},
        **dict.fromkeys(indicator.facets.values(), "T"),
        **{column: values[0] for column, values in indicator.where.items()},
        dataset.places.column: CODES[dataset.places.scheme],
        dataset.period.column: PERIODS[dataset.period.form],
    }


def people(dataset: Dataset) -> list[Row]:
    """One person who crosses a border, and one who stays or whose country nobody names, for each `where`."""
    assert dataset.places is not None
    assert dataset.flow is not None
    home = {dataset.places.column: CODES[dataset.places.scheme]}
    abroad = next(iter(dataset.flow.countries)).replace("?", "0").replace("*", "")
    works = [abroad, *dataset.flow.unnamed[:1], *(["elsewhere"] if dataset.flow.elsewhere else [])]
    blank = {
        **dict.fromkeys(dataset.reader["id_columns"], ""),
        **dataset.reader.get("rows", {}),
        **({dataset.flow.mode: next(iter(dataset.flow.modes))} if dataset.flow.mode else {}),
    }
    return [{**blank, **home, dataset.flow.destination[-1]: work} for work in works]


def as_delimited(dataset: Dataset, rows: list[Row]) -> bytes:
    (figure,) = dataset.reader["value_columns"]
    separator = dataset.reader["separator"]
    lines = [[*rows[0], figure.replace("*", "23")], *([*row.values(), VALUE] for row in rows)]
    text = "\n".join(separator.join(cells) for cells in [*lines, []])
    if "member" not in dataset.reader:
        return text.encode()
    envelope = io.BytesIO()
    with zipfile.ZipFile(envelope, "w") as archive:
        archive.writestr(dataset.reader["member"].replace("*", "2021"), text)
    return envelope.getvalue()


def as_tsv(rows: list[Row]) -> bytes:
    dimensions = [name for name in rows[0] if name not in ("geo", "TIME_PERIOD")]
    header = ",".join(["freq", *dimensions, "geo"]) + f"\\TIME_PERIOD\t{rows[0]['TIME_PERIOD']} "
    lines = [
        ",".join(["A", *(row[name] for name in dimensions), row["geo"]]) + f"\t{VALUE} p" for row in rows
    ]
    return "\n".join([header, *lines, ""]).encode()


def as_melodi(rows: list[Row]) -> bytes:
    observations = []
    for row in rows:
        place = f"2025-{row['GEO_KIND']}-{row['GEO']}"
        dimensions = {name: text for name, text in row.items() if name != "GEO_KIND"} | {"GEO": place}
        measures = {"OBS_VALUE_NIVEAU": {"value": float(VALUE)}}
        observations.append({"dimensions": dimensions, "measures": measures})
    return json.dumps({"observations": observations}).encode()


def as_sdmx_ml(rows: list[Row]) -> bytes:
    series = [
        "<Series "
        + " ".join(f'{name}="{text}"' for name, text in row.items() if name != "TIME_PERIOD")
        + f'><Obs TIME_PERIOD="{row["TIME_PERIOD"]}" OBS_VALUE="{VALUE}" OBS_STATUS="A"/></Series>'
        for row in rows
    ]
    body = f"<m:DataSet>{''.join(series)}</m:DataSet>"
    return f'<m:StructureSpecificData xmlns:m="m">{body}</m:StructureSpecificData>'.encode()


AS: Mapping[str, Callable[[list[Row]], bytes]] = {
    "tsv": as_tsv,
    "melodi": as_melodi,
    "sdmx_ml": as_sdmx_ml,
}


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


def of_feed(feeds: str) -> list[Dataset]:
    return [dataset for dataset in WAITING if dataset.feeds == feeds]


def test_no_feed_of_a_waiting_dataset_is_left_untested() -> None:
    """Changes of codes have a file of tests of their own: feeds/test_code_change.py."""
    assert {dataset.feeds for dataset in WAITING} == {"observation", "commuting", "code_list", "code_change"}


@pytest.mark.parametrize("dataset", of_feed("commuting"), ids=lambda dataset: dataset.dataset_id)
def test_a_file_built_as_declared_becomes_flows_and_a_figure_of_each_indicator(
    dataset: Dataset, places: Places, tmp_path: Path
) -> None:
    assert dataset.flow is not None
    file = tmp_path / "answer"
    file.write_bytes(as_delimited(dataset, people(dataset)))

    fed = FEEDS[dataset.feeds](dataset, keep(dataset, read_answer(dataset, [file])), places)

    (flow,) = fed.tables["flow"].to_dict("records")
    assert (flow["indicator_id"], flow["value"]) == (dataset.flow.indicator, float(VALUE))
    observed = fed.tables["observation"]["indicator_id"] if "observation" in fed.tables else []
    declared = {each.head.indicator_id for each in dataset.indicators}
    assert set(observed) == declared - {dataset.flow.indicator}


@pytest.mark.parametrize("dataset", of_feed("observation"), ids=lambda dataset: dataset.dataset_id)
def test_an_answer_built_as_declared_becomes_a_figure_of_each_indicator(
    dataset: Dataset, places: Places, tmp_path: Path
) -> None:
    file = tmp_path / "answer"
    file.write_bytes(AS[dataset.format](rows(dataset)))

    fed = FEEDS[dataset.feeds](dataset, keep(dataset, read_answer(dataset, [file])), places)

    observed = fed.tables["observation"]
    assert sorted(observed["indicator_id"]) == sorted(each.head.indicator_id for each in dataset.indicators)
    assert set(observed["value"]) == {float(VALUE)}
    assert fed.rejected.empty


def test_the_request_of_the_annual_rate_is_read_as_its_extract(places: Places, tmp_path: Path) -> None:
    """An extract transcribed as CSV, refreshed from the BDM in XML: other columns, the same figures."""
    datasets = declarations(project_world(Path("no-data-folder"))).datasets
    annual = next(each for each in datasets if each.dataset_id == "chomage_dep")
    file = tmp_path / "answer.xml"
    file.write_bytes(as_sdmx_ml([{"REF_AREA": area, "TIME_PERIOD": "2025"} for area in ("D59", "FM")]))

    fed = FEEDS[annual.feeds](annual, keep(annual, read_answer(annual, [file])), places)

    (row,) = fed.tables["observation"].to_dict("records")
    assert (row["territory_id"], row["period"], row["value"]) == ("FRE11", "2025", float(VALUE))


def test_communes_since_1943_become_codes_with_their_validity(places: Places, tmp_path: Path) -> None:
    """v_commune_depuis_1943: a name of Lille's is made up, its columns are documented."""
    datasets = {each.dataset_id: each for each in WAITING}
    file = tmp_path / "answer"
    lines = (
        "COM,TNCC,NCC,NCCENR,LIBELLE,DATE_DEBUT,DATE_FIN",
        "59350,0,L,L,Ancien nom,1943-01-01,1977-02-21",
        "59350,0,LILLE,Lille,Lille,1977-02-22,",
        "",
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    dataset = datasets["cog_communes"]

    fed = FEEDS[dataset.feeds](dataset, keep(dataset, read_answer(dataset, [file])), places)

    codes = fed.tables["code_list"]
    assert codes["name_fr"].tolist() == ["Ancien nom", "Lille"]
    assert codes["valid_to"].tolist() == [date(1977, 2, 21), None]
