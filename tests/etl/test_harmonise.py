from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import WrongRequest
from etl.harmonise import Places, Standing, read_flag, read_number, read_period
from tests.etl.small_world import SmallWorld


@pytest.mark.parametrize(
    ("letters", "status", "confidential"),
    [
        ("", "A", False),
        ("b", "B", False),
        ("e", "E", False),
        ("p", "P", False),
        ("u", "U", False),
        ("n", "N", False),
        ("s", "I", False),
        ("i", "I", False),
        ("c", "A", True),
        ("@C", "A", True),
        ("@N", "A", True),
        ("p@C", "P", True),
        ("e|C", "E", True),
        ("bdu", "U", False),
        ("bd", "B", False),
        ("de", "D", False),
        ("bep", "B", False),
        ("ep", "E", False),
        ("A", "A", False),
        ("P", "P", False),
        ("SD", "P", False),
        ("U@C", "U", True),
    ],
)
def test_a_flag_gives_its_strongest_status(letters: str, status: str, confidential: bool) -> None:
    flag = read_flag(letters, is_missing=False)

    assert (flag.status, flag.confidential) == (status, confidential)


@pytest.mark.parametrize(
    ("letters", "status", "confidential"),
    [
        ("", "O", False),
        ("u", "O", False),
        ("bu", "O", False),
        ("m", "M", False),
        ("z", "M", False),
        ("n", "N", False),
        ("c", "O", True),
        ("bc", "O", True),
        ("@C", "O", True),
        ("@N", "O", True),
        ("A", "O", False),
        ("L", "L", False),
    ],
)
def test_a_missing_value_has_a_status_of_missing(letters: str, status: str, confidential: bool) -> None:
    flag = read_flag(letters, is_missing=True)

    assert (flag.status, flag.confidential) == (status, confidential)


@pytest.mark.parametrize(("letters", "unknown"), [("q", "q"), ("bq", "q"), ("@X", "X"), ("p@CZ", "Z")])
def test_a_flag_never_seen_is_refused(letters: str, unknown: str) -> None:
    with pytest.raises(ValueError, match=f"'{unknown}' is unknown"):
        read_flag(letters, is_missing=False)


def test_a_value_that_cannot_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no value"):
        read_flag("m", is_missing=False)


@pytest.mark.parametrize(
    "text",
    [
        "2023-T3",
        "2023-Q3",
        "T3_2023",
        "Q3-2023",
        "2023T3",
        "2023Q3",
        " 2023-T3 ",
        "3ème trimestre 2023",
        "3e trimestre  2023",
        "3e kwartaal 2023",
        "3de kwartaal 2023",
        "3rd quarter 2023",
    ],
)
def test_a_quarter_is_read_in_every_form(text: str) -> None:
    quarter = read_period(text, "quarter")

    assert (quarter.period, quarter.start) == ("2023-Q3", date(2023, 7, 1))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2025", "year"),
        ("2025 ", "year"),
        ("2025-01-01", "date_year"),
        ("01/01/2025", "date_year"),
        ("2024-2025", "school_year"),
        ("2024/25", "school_year"),
        ("NBFLUX_C25_ACTOCC15P", "column_year"),
    ],
)
def test_a_year_begins_in_january(text: str, form: str) -> None:
    year = read_period(text, form)

    assert (year.period, year.start) == ("2025", date(2025, 1, 1))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2023-2025", "school_year"),
        ("2023", "school_year"),
        ("NBFLUX", "column_year"),
        ("2023-T5", "quarter"),
        ("2023", "quarter"),
        ("2023-T3", "year"),
        ("23", "year"),
        ("", "year"),
    ],
)
def test_a_period_in_another_form_is_refused(text: str, form: str) -> None:
    with pytest.raises(ValueError, match="is not written as"):
        read_period(text, form)


def test_an_empty_text_is_missing_and_not_zero() -> None:
    assert math.isnan(read_number(""))


@pytest.mark.parametrize("text", ["1 234", "1,5", "n.d.", "nan", "inf", ":", "1_000", "1.2.3"])
def test_what_is_not_a_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        read_number(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_as_it_was_written(number: float) -> None:
    assert read_number(str(number)) == number


@pytest.fixture
def places(small: SmallWorld) -> Places:
    return Places.load(small.world.territories)


@pytest.mark.parametrize(
    ("scheme", "code", "standing", "territory_id"),
    [
        ("NUTS", "FRE1", Standing.CURRENT, "FRE1"),
        ("REFNIS", "57096", Standing.CURRENT, "NIS57096"),
        ("REFNIS", "50000", Standing.CURRENT, "BE32"),
        ("NUTS", "FR30", Standing.FORMER, None),
        ("NUTS", "BE325", Standing.FORMER, None),
        ("NUTS", "FRZZ", Standing.NOT_A_TERRITORY, None),
        ("NUTS", "BEZ", Standing.NOT_A_TERRITORY, None),
        ("NUTS", "FRXXX", Standing.NOT_A_TERRITORY, None),
        ("NUTS", "DE_TOT", Standing.NOT_A_TERRITORY, None),
        ("NUTS", "EU27_2020", Standing.NOT_A_TERRITORY, None),
        ("NUTS", "EA20", Standing.NOT_A_TERRITORY, None),
        ("REFNIS", "61000", Standing.NOT_A_TERRITORY, None),
        ("NUTS", "NL", Standing.OUTSIDE_SCOPE, None),
        ("NUTS", "DEA2", Standing.OUTSIDE_SCOPE, None),
    ],
)
def test_a_code_is_placed(
    places: Places, scheme: str, code: str, standing: Standing, territory_id: str | None
) -> None:
    place = places.resolve(scheme, code)

    assert (place.standing, place.territory_id) == (standing, territory_id)


@pytest.mark.parametrize(("scheme", "code"), [("NUTS", "FRE9"), ("NUTS", "BE32X"), ("REFNIS", "99999")])
def test_a_code_of_a_country_we_hold_that_is_unknown_is_refused(
    places: Places, scheme: str, code: str
) -> None:
    with pytest.raises(WrongRequest, match=f"territory code '{code}' of {scheme} is unknown"):
        places.resolve(scheme, code)


def test_an_unknown_scheme_is_refused(places: Places) -> None:
    with pytest.raises(WrongRequest, match="scheme of codes 'GEMEINDE' is unknown"):
        places.resolve("GEMEINDE", "10041100")


def test_a_code_of_any_edition_leads_to_the_one_territory_of_today_it_lies_in(places: Places) -> None:
    assert places.today("REFNIS", "54007") == places.today("REFNIS", "57096") == "NIS57096"
    assert places.today("NUTS", "FR30") == "FRE1"
    assert places.today("NUTS", "BE325") is None  # cut in three
    assert places.today("NUTS", "NL") is None


@pytest.fixture(scope="module")
def ours() -> Places:
    return Places.load()


@pytest.mark.parametrize(
    ("scheme", "code", "territory_id"),
    [
        ("COG", "59350", "COM59350"),
        ("COG", "59298", "COM59350"),  # Hellemmes, part of Lille since 1977
        ("COG", "01018", "COM01033"),  # a part of Valserhône
        ("BFS", "6621", "BFS6621"),
        ("BFS", "6405", "BFS6413"),  # Brot-Dessous, in Rochefort since 2016
        ("INSEE_FOREIGN", "BE540", "NIS57096"),
        ("INSEE_FOREIGN", "SUC1L", "BFS6621"),
        ("INSEE_FOREIGN", "SU611", "BFS2701"),
        ("INSEE_FOREIGN", "SUB1N", "CH024"),  # Fleurier: merged before the oldest register we have
        ("INSEE_FOREIGN", "AL157", "DEC01"),
        ("INSEE_FOREIGN", "AL39Z", "DE131"),
        ("INSEE_FOREIGN", "LU320", "LU000"),
        ("INSEE_FOREIGN", "MO001", "MC"),
    ],
)
def test_our_own_codes_lead_to_our_own_places(
    ours: Places, scheme: str, code: str, territory_id: str
) -> None:
    assert ours.today(scheme, code) == territory_id


def test_a_commune_away_from_the_border_is_outside_and_a_wrong_code_is_refused(ours: Places) -> None:
    assert ours.resolve("COG", "75056").standing == Standing.OUTSIDE_SCOPE
    assert ours.resolve("COG", "2A004").standing == Standing.OUTSIDE_SCOPE
    assert ours.resolve("INSEE_FOREIGN", "99999").standing == Standing.NOT_A_TERRITORY
    with pytest.raises(WrongRequest, match="territory code '59999' of COG is unknown"):
        ours.resolve("COG", "59999")
