"""Files a reader takes home: what is on the screen, in French Excel and everywhere else."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

import pandas
import pytest

from pages.components import downloads
from pages.components.context import Context
from pages.components.words import speak
from tests.figures import result
from warehouse.queries import key_figures, meetings, observations
from warehouse.result import Result

BOM = b"\xef\xbb\xbf"

ROWS: list[dict[str, Any]] = [
    {"territory_id": "01004", "period": "2025", "value": 1234.5, "status": "P", "flag_raw": "p"},
    {"territory_id": "59350", "period": "2025", "value": None, "status": "O", "flag_raw": ""},
]


def _excel(frame: pandas.DataFrame) -> list[list[str]]:
    """What French Excel reads: UTF-8 after a BOM, semicolons."""
    content = downloads.excel_csv(frame)
    return list(csv.reader(StringIO(content.removeprefix(BOM).decode("utf-8"), newline=""), delimiter=";"))


def _file() -> pandas.DataFrame:
    return downloads.rows(result(ROWS), speak("fr"))


def test_french_excel_finds_what_it_expects() -> None:
    content = downloads.excel_csv(_file())
    assert content.startswith(BOM)
    assert content.count(BOM) == 1
    text = content.decode("utf-8-sig")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    header, first, second = text.splitlines()
    assert header.startswith("indicator_id;territory_id;period;value;")
    assert ";1234,5;" in first
    assert "1234.5" not in text
    assert ";59350;2025;;O;" in f";{second}"


def test_a_code_keeps_its_leading_zero() -> None:
    assert _excel(_file())[1][1] == "01004"
    read = pandas.read_csv(BytesIO(downloads.standard_csv(_file())), dtype={"territory_id": str})
    assert list(read["territory_id"]) == ["01004", "59350"]


def test_every_row_says_its_unit_flag_source_and_licence() -> None:
    frame = _file()
    expected = {
        "indicator_id": "rate",
        "indicator_label": "taux",
        "unit": "pour cent",
        "provider": "Un fournisseur",
        "vintage": "2026-04",
        "origin": "archive",
        "licence": "CC BY 4.0",
        "source_url": "https://example.org/dataset",
        "dataset_id": "dataset",
    }
    for column, value in expected.items():
        assert set(frame[column]) == {value}, column
    assert list(frame["flag_raw"]) == ["p", ""]
    assert list(frame["status_label"]) == ["provisoire", "manquant"]


def test_a_file_speaks_the_language_of_the_reader() -> None:
    frame = downloads.rows(result(ROWS), speak("en"))
    assert set(frame["unit"]) == {"per cent"}
    assert set(frame["indicator_label"]) == {"rate"}


def test_standard_csv_comes_back_as_it_went() -> None:
    frame = _file()
    text = dict.fromkeys(frame.columns.drop("value"), str)
    read = pandas.read_csv(
        BytesIO(downloads.standard_csv(frame)), dtype=text, keep_default_na=False, na_values={"value": [""]}
    )
    pandas.testing.assert_frame_equal(read, frame, check_dtype=False)


def test_a_text_with_separators_and_quotes_stays_in_its_cell() -> None:
    frame = pandas.DataFrame({"a": ['Lille; "la ville", côté nord', "deux\nlignes"], "b": [1.5, 2.5]})
    assert _excel(frame)[1:] == [['Lille; "la ville", côté nord', "1,5"], ["deux\nlignes", "2,5"]]
    pandas.testing.assert_frame_equal(pandas.read_csv(BytesIO(downloads.standard_csv(frame))), frame)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_would_run_as_a_formula_is_kept_as_text(start: str) -> None:
    cell = f"{start}HYPERLINK(A1)"
    frame = pandas.DataFrame({"a": [cell]})
    assert _excel(frame)[1] == [f"'{cell}"]
    assert downloads.standard_csv(frame).startswith(b"a\r\n")
    assert f"'{cell}".encode() in downloads.standard_csv(frame)


def test_a_negative_number_is_a_number() -> None:
    assert _excel(pandas.DataFrame({"change": [-5.5]}))[1] == ["-5,5"]
    assert _excel(pandas.DataFrame({"change": [-5]}))[1] == ["-5"]


def _decimals_with_a_point(shown: Result) -> list[str]:
    frame = downloads.rows(shown, speak("fr"))
    numeric = {"value", "low", "high"} & set(frame)
    header, *lines = _excel(frame)
    return [line[header.index(name)] for name in numeric for line in lines if "." in line[header.index(name)]]


def test_the_card_is_written_with_decimal_commas_even_where_a_side_has_no_figure(
    context: Callable[..., Context],
) -> None:
    card = key_figures.card(context().sides)
    assert _decimals_with_a_point(card.figures) == []
    # Before every series no side has a figure at all.
    assert _decimals_with_a_point(key_figures.card(context().sides, "1990").figures) == []


@pytest.mark.usefixtures("warehouse")
def test_the_file_of_a_map_has_the_rows_of_the_map_in_their_order() -> None:
    """tgs00010 line 33: FRE1 2025, `9.0 d`."""
    shown = observations.at_period("unemployment_rate_15_74", "2025", "nuts2", ("FR", "BE"))
    header, *lines = _excel(downloads.rows(shown, speak("fr")))
    assert [line[header.index("territory_id")] for line in lines] == list(shown.frame["territory_id"])
    (row,) = [dict(zip(header, line, strict=True)) for line in lines if "FRE1" in line]
    assert (row["value"], row["flag_raw"], row["status_label"]) == ("9,0", "d", "définition différente")
    assert (row["unit"], row["provider"], row["dataset_id"]) == ("pour cent", "Eurostat", "tgs00010")
    assert row["licence"]
    assert row["state"] == "value"


@pytest.mark.usefixtures("warehouse")
def test_a_row_without_a_figure_says_why_in_the_file() -> None:
    shown = observations.at_period("unemployment_rate_localised", "2025", "nuts3", ("FR", "BE"))
    frame = downloads.rows(shown, speak("fr")).set_index("territory_id")
    assert frame.loc["BE328", "state"] == "not_observed"
    assert frame.loc["FRM01", "state"] == "not_loaded"


@pytest.mark.usefixtures("warehouse")
def test_votes_carry_their_source_without_being_an_indicator() -> None:
    """Account of 2021, lines 5 to 15: nine themes, 52 votes."""
    frame = downloads.rows(meetings.votes("2021-hauts-de-france"), speak("fr"))
    assert frame["votes"].sum() == 52
    assert set(frame["dataset_id"]) == {"rencontres_votes"}
    assert frame["licence"].str.len().min() > 0
    assert list(frame["line"]) == sorted(frame["line"])


@pytest.mark.usefixtures("warehouse")
def test_what_a_rate_is_made_of_goes_into_the_file_under_its_own_name() -> None:
    """tour_occ_nin2.tsv, line 2712: 1 071 436 nights by foreign guests in Nord in 2024."""
    made = observations.series("nights_foreign_per_inhabitant", ["FRE11"])
    frame = downloads.rows(made, speak("fr")).set_index("period")
    assert frame.loc["2024", "nights_foreign"] == 1071436
    published = observations.series("unemployment_rate_15_74", ["FRE1"])
    assert "counted" not in downloads.rows(published, speak("fr"))
