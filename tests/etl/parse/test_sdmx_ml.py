"""SDMX-ML messages: both data forms, and what stands in their place when there is no data."""

from __future__ import annotations

import pytest

from etl.errors import DoesNotExist, SourceError, TryAgain, WrongRequest
from etl.parse import read

SPACE = 'xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"'


def message(body: str, kind: str = "StructureSpecificData") -> bytes:
    return f"<m:{kind} {SPACE}>{body}</m:{kind}>".encode()


def series(*observations: str) -> bytes:
    return message(f'<m:DataSet><Series geo="FRE1">{"".join(observations)}</Series></m:DataSet>')


@pytest.mark.parametrize(
    ("attributes", "value", "flag"),
    [
        ('OBS_VALUE="9.4"', "9.4", ""),
        ('OBS_VALUE="9.4" OBS_FLAG="bu"', "9.4", "bu"),
        ('OBS_VALUE="9.4" OBS_STATUS="A" CONF_STATUS="F"', "9.4", "A"),
        ('OBS_VALUE="NaN" OBS_FLAG="u"', "", "u"),
        ('OBS_FLAG=":"', "", ":"),
        ('OBS_VALUE="" CONF_STATUS="C"', "", "@C"),
        ('OBS_VALUE="0" OBS_FLAG="n"', "", "n"),
    ],
)
def test_an_observation_is_a_value_and_its_flags(attributes: str, value: str, flag: str) -> None:
    first = '<Obs TIME_PERIOD="2023" OBS_VALUE="9.9"/>'
    frame = read("sdmx_ml", series(first, f'<Obs TIME_PERIOD="2024" {attributes}/>'), {})
    assert (frame["OBS_VALUE"][1], frame["OBS_FLAG"][1]) == (value, flag)


def test_observations_without_a_series_bear_their_whole_key() -> None:
    flat = message('<m:DataSet><Obs geo="BE32" TIME_PERIOD="2024" OBS_VALUE="7.6"/></m:DataSet>')
    (row,) = read("sdmx_ml", flat, {}).to_dict("records")
    assert row == {"geo": "BE32", "TIME_PERIOD": "2024", "OBS_VALUE": "7.6", "OBS_FLAG": "", "row": 1}


def error(code: int, words: str) -> bytes:
    return message(f'<m:ErrorMessage code="{code}"><t>{words}</t></m:ErrorMessage>', "Error")


def fault(code: int, words: str) -> bytes:
    inside = f"<faultcode>{code}</faultcode><faultstring>{words}</faultstring>"
    return f"<S:Fault xmlns:S='s'>{inside}</S:Fault>".encode()


def test_columns_and_codes_can_be_ours() -> None:
    options = {"columns": {"REF_AREA": "dep"}, "prefixes": {"REF_AREA": "D"}}
    content = message(
        '<m:DataSet><Series REF_AREA="D59"><Obs TIME_PERIOD="2025" OBS_VALUE="9"/></Series></m:DataSet>'
    )
    assert read("sdmx_ml", content, options)["dep"].tolist() == ["59"]


def test_a_column_that_is_gone_is_named() -> None:
    with pytest.raises(WrongRequest, match="the column 'REF_AREA' is not there"):
        read("sdmx_ml", series('<Obs TIME_PERIOD="2024" OBS_VALUE="1"/>'), {"prefixes": {"REF_AREA": "D"}})


FOOTER = "<f:Footer xmlns:f='f'><f:Message code='413'><t>will be written to a file</t></f:Message></f:Footer>"


@pytest.mark.parametrize(
    ("content", "family", "told"),
    [
        (b"", TryAgain, "the file is empty"),
        (b"<html><title>Maintenance</title></html>", TryAgain, "an HTML page.*Maintenance"),
        (series('<Obs TIME_PERIOD="2024" OBS_VALUE="1"/>')[:-30], TryAgain, "the XML is cut or damaged"),
        (series(), WrongRequest, "holds no observation"),
        (series('<Obs TIME_PERIOD="2024"/>'), TryAgain, "no observation has a OBS_VALUE"),
        (message(FOOTER, "GenericData"), TryAgain, "will be written to a file.*Ask again in some minutes"),
        (message("", "Structure"), WrongRequest, "the message is Structure, not data"),
        (error(100, "Aucun résultat"), DoesNotExist, "Aucun résultat"),
        (error(500, "Erreur"), TryAgain, "Erreur"),
        (fault(100, "ERR_NOT_FOUND_2"), DoesNotExist, "ERR_NOT_FOUND_2"),
        (fault(413, "EXTRACTION_TOO_BIG"), WrongRequest, "Ask for less"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", TryAgain, "declares a document type"),
    ],
)  # fmt: skip
def test_what_is_no_data_says_what_to_do(content: bytes, family: type[SourceError], told: str) -> None:
    with pytest.raises(family, match=told):
        read("sdmx_ml", content, {})
