"""be.STAT answers: names in two languages, typographic apostrophes, no municipality, facts twice."""

from __future__ import annotations

import json

import pytest

from etl.errors import SourceError, TryAgain, WrongRequest
from etl.parse import read

OPTIONS = {
    "municipality": ["Gemeente", "Commune"],
    "arrondissement": ["Arrondissement"],
    "period": ["Kwartaal", "Trimestre"],
    "value": ["Aantal vestigingseenheden", "Nombre d'établissements"],
}

# Values of the fourth quarter of 2023.
MOUSCRON = {
    "Gewest": "Waals Gewest",
    "Provincie": "Provincie Henegouwen",
    "Arrondissement": "Arrondissement Doornik-Moeskroen",
    "Gemeente": "Moeskroen",
    "Kwartaal": "4de kwartaal 2023",
    "Aantal vestigingseenheden": 4983.0,
}


def in_french(arrondissement: str | None, municipality: str | None, value: float) -> dict[str, object]:
    return {
        "Région": "Région wallonne",
        "Arrondissement": arrondissement,
        "Commune": municipality,
        "Trimestre": "4ème trimestre 2023",
        "Nombre d\u2019établissements": value,
    }


def answered(*facts: dict[str, object]) -> bytes:
    return json.dumps({"facts": list(facts)}, ensure_ascii=False).encode()


def codes(*facts: dict[str, object]) -> list[tuple[str, str, str]]:
    frame = read("bestat", answered(*facts), OPTIONS)
    return list(zip(frame["refnis"], frame["TIME_PERIOD"], frame["OBS_VALUE"], strict=True))


def test_a_name_becomes_the_code_of_the_municipality_of_today() -> None:
    assert codes(MOUSCRON) == [("57096", "2023-Q4", "4983.0")]


def test_the_same_view_is_read_in_another_language() -> None:
    assert codes(in_french("Arrondissement de Tournai-Mouscron", "Mouscron", 4983.0)) == codes(MOUSCRON)


def test_namesakes_are_told_apart_by_their_arrondissement() -> None:
    facts = [
        in_french("Arrondissement de Saint-Nicolas", "Sint-Niklaas", 8596.0),
        in_french("Arrondissement de Liège", "Saint-Nicolas", 1068.0),
        in_french("Arrondissement de Saint-Nicolas", "Saint-Nicolas", 8596.0),
    ]
    assert [code for code, _, _ in codes(*facts)] == ["46021", "62093"]  # the third repeats the first


@pytest.mark.parametrize("name", ["Moeskroen ", " MOESKROEN", "Moeskroen\u00a0"])
def test_blanks_and_capitals_do_not_hide_a_name(name: str) -> None:
    assert codes(MOUSCRON | {"Gemeente": name})[0][0] == "57096"


@pytest.mark.parametrize("apostrophe", ["'", "\u2019"])
def test_either_apostrophe_names_the_place(apostrophe: str) -> None:
    name = f"Braine-l{apostrophe}Alleud"
    assert codes(in_french("Arrondissement de Nivelles", name, 1.0))[0][0] == "25014"


def test_a_fact_served_twice_is_one_figure() -> None:
    assert codes(MOUSCRON, MOUSCRON) == codes(MOUSCRON)


def test_a_figure_of_unknown_place_and_a_total_have_no_municipality() -> None:
    facts = [in_french(None, None, 9233.0), in_french("Arrondissement de Liège", None, 50000.0)]
    assert [code for code, _, _ in codes(*facts)] == ["unknown", "total"]


def test_a_missing_value_is_an_empty_text() -> None:
    assert codes(MOUSCRON | {"Aantal vestigingseenheden": None})[0][2] == ""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"Gemeente": "Atlantis"}, "'Atlantis' in .* is no municipality of today"),
        ({"Gemeente": "Saint-Nicolas", "Arrondissement": "Arrondissement Ieper"}, "'Saint-Nicolas' in"),
    ],
)
def test_a_name_nobody_has_is_told_with_its_place(change: dict[str, object], told: str) -> None:
    with pytest.raises(WrongRequest, match=told) as error:
        codes(MOUSCRON, MOUSCRON | change)
    assert error.value.row == 2


def test_a_renamed_key_is_named_with_those_there_are() -> None:
    fact = {("Tijd" if key == "Kwartaal" else key): value for key, value in MOUSCRON.items()}
    with pytest.raises(WrongRequest, match="has no 'Kwartaal' or 'Trimestre': it has gewest"):
        codes(fact)


@pytest.mark.parametrize("content", [b'{"facts": []}', b'{"other": 1}', b'{"facts": 3}'])
def test_an_answer_without_facts_is_refused(content: bytes) -> None:
    with pytest.raises(TryAgain, match="no list of `facts`"):
        read("bestat", content, OPTIONS)


def test_a_cut_answer_is_refused() -> None:
    with pytest.raises(SourceError):
        read("bestat", answered(MOUSCRON)[:-20], OPTIONS)
