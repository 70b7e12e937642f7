"""What a reader types, and what is found."""

from __future__ import annotations

import tomllib

import pytest

from warehouse.queries.search import SYNONYMS, search, words

pytestmark = pytest.mark.usefixtures("warehouse")


def found(text: str) -> list[tuple[str, str]]:
    frame = search(text).frame
    return list(zip(frame["kind"], frame["id"], strict=True))


@pytest.mark.parametrize("written", ["mobilité", "Mobilite", "MOBILITÉS", "  mobilités ! ", "la mobilité"])
def test_accents_case_plural_and_articles_are_forgiven(written: str) -> None:
    assert found(written) == found("mobilité")
    assert found(written)[0] == ("theme", "mobilite")


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("obstacle", "obstacles"),
        ("stratégie", "stratégies"),
        ("strategy", "strategies"),
        ("local", "locaux"),
        ("verbinding", "verbindingen"),
        ("eau", "eaux"),
    ],
)
def test_singular_and_plural_find_the_same(one: str, several: str) -> None:
    assert found(one) == found(several) != []


def test_each_kind_can_be_found() -> None:
    assert ("theme", "sante") in found("santé")
    assert ("idea", "idee-formation") in found("diplôme")
    assert ("objective", "fwv-4.5") in found("soins de santé")
    assert ("action", "mot-2023-076") in found("coopération sanitaire")
    assert ("indicator", "cross_border_workers") in found("travailleurs frontaliers")


def test_a_code_finds_all_that_carry_it() -> None:
    assert found("6.1") == [("objective", "fwv-6.1")]
    assert found("1.1.1") == [("action", f"mot-2023-00{line}") for line in (6, 7, 8)]


def test_a_border_is_not_the_beginning_of_a_word() -> None:
    assert found("FR-BE") == [
        ("action", "mot-2023-094"),
        ("action", "mot-2023-104"),
        ("item", "bv-lille-kortrijk-tournai"),
    ]


# What a mayor would type → what must be among the answers. Lines are those of the seeds.
ASKED = {
    "trains": ("statement", "mobilite"),  # 003, line 109
    "Lille Courtrai": ("statement", "mobilite"),  # 003, line 107
    "canal Seine-Nord": ("statement", "mobilite"),  # 003, line 118
    "transports en commun": ("statement", "mobilite"),  # 003, line 112
    "piste cyclable": ("statement", "mobilite"),  # 003, line 104
    "hôpitaux": ("theme", "sante"),
    "médecins": ("objective", "fwv-4.5"),
    "écoles": ("statement", "citoyennete-culture"),  # 003, line 35
    "apprentissage": ("theme", "formation"),
    "néerlandais": ("statement", "citoyennete-culture"),  # 003, line 35
    "eau potable": ("objective", "fwv-2.5"),
    "inondations": ("objective", "fwv-2.4"),
    "énergies": ("statement", "ressources-biens-communs"),  # 003, line 136
    "jeunes": ("statement", "mobilite"),  # 003, line 122
    "maires": ("idea", "idee-gouvernance"),
    "GECT": ("statement", "gouvernance"),  # 003, line 70
    "Brexit": ("statement", "gouvernance"),  # 003, line 72
    "France Services": ("action", "mot-2023-095"),
    "Maubeuge": ("action", "mot-2023-104"),
    "PAMINA": ("item", "bv-pamina"),
    "Arc jurassien": ("item", "ctj-emploi"),
    "Ardennes": ("idea", "idee-mobilite"),  # 003, line 337
    "fonds petits projets": ("item", "ctj-fppt"),
    "chômeurs": ("indicator", "unemployment_rate_15_74"),
    "emplois": ("theme", "emploi-insertion"),
}


@pytest.mark.parametrize("asked", ASKED)
def test_what_a_mayor_would_type_leads_to_what_the_documents_call_otherwise(asked: str) -> None:
    assert ASKED[asked] in found(asked)


def test_a_word_of_another_language_does_not_answer_for_one_of_the_readers() -> None:
    """`trains` is the beginning of the English `training`."""
    assert ("theme", "formation") not in found("trains")
    frame = search("trains", "en").frame
    assert ("theme", "formation") in set(zip(frame["kind"], frame["id"], strict=True))


def test_every_synonym_leads_somewhere() -> None:
    said = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))
    for language, names in said.items():
        assert [name for name in names if search(name, language).is_empty] == []


def test_dutch_and_english_words_lead_to_the_same_things() -> None:
    assert ("theme", "sante") in found("gezondheid")
    assert ("theme", "sante") in found("health")


def test_every_word_must_lead_to_a_result() -> None:
    assert found("mobilité sanitaire") == []


@pytest.mark.parametrize("empty", ["", "   ", "de la", "!?", "'; DROP TABLE theme; --", "\x00", "é" * 5000])
def test_nothing_to_seek_finds_nothing(empty: str) -> None:
    result = search(empty)
    assert result.is_empty
    assert list(result.frame.columns[:3]) == ["kind", "id", "code"]


def test_a_result_carries_its_sources_and_indicators() -> None:
    result = search("travailleurs frontaliers")
    assert "cross_border_workers" in {indicator.indicator_id for indicator in result.indicators}
    assert {"published_flows"} <= {source.dataset_id for source in result.sources}


def test_words_are_compared_without_accents_and_plural() -> None:
    assert words("L’accès aux bassins transfrontaliers") == ("acce", "bassin", "transfrontalier")
