"""Our readers over recorded answers of the APIs, against sdmx1, pandas and the recordings themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
import sdmx
import yaml

from etl.catalogue import read_catalogue
from etl.codes import as_text
from etl.errors import DoesNotExist, SourceError, TryAgain, WrongRequest
from etl.parse import read

pytestmark = pytest.mark.specimens

DATA_MESSAGES = [
    "eurostat/sdmx_ml_samples/estat_data.xml",
    "eurostat/sdmx_ml_samples/NAMA_10_GDP-ss.xml",
    "insee/bdm_sdmx/CNA-2010-CONSO-SI-A17.xml",
    "insee/bdm_sdmx/IPI-2010-A21.xml",
    "insee/bdm_sdmx/bug-series-freq-data.xml",
    "insee/bdm_structurespecific_samples/SERIES_BDM_001688527.xml",
    "insee/bdm_structurespecific_samples/SERIES_BDM_001760077.xml",
]
# sdmx1 wants a header of every message; these two were cut without one, or without its `Structure`.
CUT = DATA_MESSAGES[5:]


@pytest.mark.parametrize("name", [name for name in DATA_MESSAGES if name not in CUT])
def test_every_observation_is_what_sdmx1_reads(name: str, specimens: Path) -> None:
    ours = read("sdmx_ml", (specimens / name).read_bytes(), {})
    message = sdmx.read_sdmx(specimens / name)
    theirs = pd.concat(sdmx.to_pandas(data) for data in message.data)
    key = list(theirs.index.names)
    given = ours[ours["OBS_VALUE"] != ""].set_index(key)["OBS_VALUE"].astype("float64")
    expected = theirs.dropna()
    assert given.sort_index().to_dict() == expected.sort_index().to_dict()
    assert len(ours) == len(theirs)


@pytest.mark.parametrize("name", DATA_MESSAGES)
def test_every_observation_is_what_pandas_reads(name: str, specimens: Path) -> None:
    ours = read("sdmx_ml", (specimens / name).read_bytes(), {})
    text = (specimens / name).read_text(encoding="utf-8")
    if "GenericData" in text:
        tags = {"period": ("ObsDimension", "value"), "value": ("ObsValue", "value")}
    else:
        tags = {"period": ("Obs", "TIME_PERIOD"), "value": ("Obs", "OBS_VALUE")}
    for column, (tag, attribute) in tags.items():
        theirs = pd.read_xml(specimens / name, xpath=f"//*[local-name()='{tag}']", attrs_only=True, dtype=str)
        mine = ours["TIME_PERIOD" if column == "period" else "OBS_VALUE"]
        assert mine.tolist() == theirs[attribute].fillna("").replace("NaN", "").tolist()


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("eurostat/sdmx_ml_samples/footer.xml", TryAgain),
        ("eurostat/sdmx_ml_samples/footer2.xml", TryAgain),
        ("eurostat/sdmx_ml_samples/CL_FREQ.xml", WrongRequest),
        ("eurostat/sdmx_ml_samples/GOV_10Q_GGNFA.xml", WrongRequest),
        ("insee/bdm_sdmx/dataflow.xml", WrongRequest),
        ("insee/bdm_sdmx/CNA-2010-CONSO-SI-A17-structure.xml", WrongRequest),
        ("insee/bdm_sdmx/IPI-2010-A21-structure.xml", WrongRequest),
        ("insee/bdm_sdmx/gh-205.xml", WrongRequest),
        ("insee/bdm_structurespecific_samples/error_404.xml", DoesNotExist),
        ("eurostat/api_samples/recorded_responses_2026-09_cyanheads/ds-045409-fault-413.xml", WrongRequest),
        ("eurostat/api_samples/recorded_responses_2026-09_cyanheads/ds-999999-data.xml", DoesNotExist),
    ],
)
def test_a_message_without_data_says_so(name: str, family: type[SourceError], specimens: Path) -> None:
    with pytest.raises(family):
        read("sdmx_ml", (specimens / name).read_bytes(), {})


RECORDED = "eurostat/api_samples/recorded_responses_2026-09_cyanheads"


def test_a_confidential_answer_is_six_missing_months(specimens: Path) -> None:
    file = specimens / RECORDED / "sts-inpr-m-ie-confidential.RETYPED_ABRIDGED.json"
    frame = read("json_stat", file.read_bytes(), {})
    assert frame["OBS_VALUE"].tolist() == [""] * 6
    assert frame["OBS_FLAG"].tolist() == ["@C"] * 6
    assert frame["TIME_PERIOD"].tolist() == [f"2023-0{month}" for month in range(1, 7)]


@pytest.mark.parametrize(
    ("name", "family", "told"),
    [
        ("une-rt-m-geo-xx-last1.RETYPED.json", WrongRequest, "no `geo` is what was asked for"),
        ("ds-045409-extraction-too-big.json", WrongRequest, "EXTRACTION_TOO_BIG"),
        ("ds-999999-statistics.json", DoesNotExist, "ERR_NOT_FOUND_4"),
    ],
)
def test_an_answer_without_figures_says_so(
    name: str, family: type[SourceError], told: str, specimens: Path
) -> None:
    with pytest.raises(family, match=told):
        read("json_stat", (specimens / RECORDED / name).read_bytes(), {})


def recorded(file: Path) -> list[bytes]:
    """The bodies of a recording, one after the other."""
    interactions = yaml.safe_load(file.read_text(encoding="utf-8"))["http_interactions"]
    return [each["response"]["body"]["string"].encode() for each in interactions]


@pytest.mark.parametrize("name", ["get_data_popref_nantes.yml", "get_data_obs_value_indice_prix.yml"])
def test_a_recorded_page_is_what_pandas_reads(name: str, specimens: Path) -> None:
    body = recorded(specimens / "insee/melodi" / name)[-1]
    ours = as_text(read("melodi", body, {}))
    theirs = pd.json_normalize(json.loads(body)["observations"])
    (measure,) = [column for column in theirs if column.startswith("measures.")]
    assert ours["OBS_VALUE"].astype(float).tolist() == theirs[measure].tolist()
    geo = ours["GEO_EDITION"] + "-" + ours["GEO_KIND"] + "-" + ours["GEO"]
    assert geo.tolist() == theirs["dimensions.GEO"].tolist()
    for column in theirs.filter(like="dimensions.").columns.drop("dimensions.GEO"):
        assert ours[column.removeprefix("dimensions.")].tolist() == theirs[column].tolist()


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("get_data_popref_empty.yml", WrongRequest),
        ("get_data_popref_over.yml", WrongRequest),
        ("get_data_not_exist.yml", TryAgain),
        ("get_catalog_empty.yml", TryAgain),
        ("get_code_list_age_fr.yml", TryAgain),
        ("get_code_list_ko.yml", TryAgain),
        ("get_metadata_deces.yml", TryAgain),
        ("get_range_geo_DS_IPCH_M.yml", TryAgain),
    ],
)
def test_a_recorded_page_without_observation_says_so(
    name: str, family: type[SourceError], specimens: Path
) -> None:
    with pytest.raises(family):
        read("melodi", recorded(specimens / "insee/melodi" / name)[0], {})


def test_the_recorded_catalogue_is_what_pandas_reads(specimens: Path) -> None:
    body = recorded(specimens / "insee/melodi/get_catalog_fr.yml")[-1]
    theirs = pd.DataFrame(json.loads(body)).set_index("identifier")["modified"].dropna()
    days = pd.to_datetime(theirs, format="ISO8601").dt.date
    assert read_catalogue(body.decode()) == {name.lower(): day for name, day in days.items()}
    assert len(days) == 96
