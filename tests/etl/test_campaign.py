"""A new meeting is a file: what a filled-in one becomes, and what its author is told.

The campaigns here are made up for the tests; none is in the product.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from etl.__main__ import DONE, FAILED, main
from etl.build import BuildFailed, build
from etl.campaign.check import Report, check_campaign
from etl.declaration import ETL
from etl.extract import extract
from etl.snapshot import Layers
from etl.world import World, declarations, project_world
from tests.pages.reading import Reading, plain
from warehouse.campaign import COLUMNS, template
from warehouse.queries import meetings

NARROW = "\u202f"

HEADER = "territoire;annee;participants;total_votes;theme;niveau;votes;objectifs;objectifs_nl;objectifs_en"
GOOD = f"""{HEADER}
Hauts-de-France;2031;41;17;Mobilité;1;9;Rouvrir une ligne | Un seul billet;Een lijn heropenen | Eén ticket;
Hauts-de-France;2031;;;Santé;2;8;;;
Ardennes;2031;12;;Obstacles;;3;Lever un obstacle;;
Pyrénées Ouest;2031;7;;;;;;;
"""
EXAMPLE = ETL / "datasets" / "mot" / "campaign.toml.example"


@pytest.fixture
def checked(tmp_path: Path):
    def check(content: str | bytes) -> Report:
        file = tmp_path / "campaign.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return check_campaign(file)

    return check


@pytest.fixture
def world(tmp_path: Path) -> World:
    """The project's Rencontres and strategies, with a folder to put a campaign in."""
    project = project_world(tmp_path)
    for folder in ("datasets", "embedded"):
        shutil.copytree(project.layers.embedded.parent / folder, tmp_path / folder)
    layers = Layers(snapshots=tmp_path / "snapshots", embedded=tmp_path / "embedded")
    return replace(project, layers=layers, datasets=(tmp_path / "datasets",))


def declare(world: World, content: str) -> None:
    """Put a campaign beside the project's datasets, as a newcomer would: a declaration and a file."""
    declaration = EXAMPLE.read_text(encoding="utf-8").replace("2026", "2031")
    (world.datasets[0] / "mot" / "campaign_2031.toml").write_text(declaration, encoding="utf-8")
    folder = world.layers.embedded.parent
    (folder / "campaign_2031.csv").write_text(content, encoding="utf-8")
    (dataset,) = (each for each in declarations(world).datasets if each.feeds == "campaign")
    extract(dataset, folder, world.layers, date(2031, 5, 1))


def told(report: Report) -> list[str]:
    return [str(fault).replace(NARROW, " ") for fault in report.faults]


def test_a_filled_in_file_is_its_meetings(checked) -> None:
    report = checked(GOOD)
    assert report.faults == ()
    north, ardennes, pyrenees = report.meetings
    assert (north.meeting_id, north.participants) == ("2031-hauts-de-france", 41)
    assert [(vote.theme_id, vote.level, vote.votes) for vote in north.votes] == [
        ("mobilite", 1, 9),
        ("sante", 2, 8),
    ]
    assert north.votes[0].objectives[1] == ("Un seul billet", "Eén ticket", "Un seul billet")
    assert (ardennes.votes[0].level, ardennes.participants) == (None, 12)
    assert (pyrenees.votes, pyrenees.participants) == ((), 7)


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ";"), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", ","), ("cp1252", "\t")],
)
def test_every_encoding_and_separator_of_excel_is_read(checked, encoding: str, separator: str) -> None:
    text = GOOD.replace(";", separator).replace("\n", "\r\n")
    assert checked(text.encode(encoding)).meetings == checked(GOOD).meetings


def test_a_separator_announced_on_the_first_line_is_taken(checked) -> None:
    assert checked("sep=;\r\n" + GOOD).meetings == checked(GOOD).meetings


@pytest.mark.parametrize(
    ("good", "bad", "row", "column", "sentence"),
    [
        (
            "Ardennes;2031",
            "Ardene;2031",
            4,
            "territoire",
            "territoire inconnu, « Ardene » ; le plus proche : « Ardennes »",
        ),
        (
            ";Santé;",
            ";Santée;",
            3,
            "theme",
            "thème inconnu, « Santée » ; le plus proche : « Santé »",
        ),
        (
            "Santé;2;8",
            "Santé;2;-8",
            3,
            "votes",
            "« -8 » est négatif ; écrire un nombre entier, 0 ou plus",
        ),
        (
            "Santé;2;8",
            "Santé;2;8,5",
            3,
            "votes",
            "« 8,5 » n’est pas un nombre entier, 0 ou plus, en chiffres",
        ),
        (
            "Santé;2;8",
            "Mobilité;2;8",
            3,
            "theme",
            "ce thème a déjà des votes à la ligne 2 ; n’en garder qu’une",
        ),
        (
            "41;17",
            "41;18",
            2,
            "total_votes",
            "le total est 18, mais les thèmes font 17 ; corriger l’un ou l’autre",
        ),
        (
            "Santé;2;8",
            "Santé;3;8",
            3,
            "niveau",
            "« 3 » n’est pas un niveau ; écrire 1 ou 2, ou laisser vide",
        ),
        (
            "Santé;2;8",
            "Santé;2;",
            3,
            "votes",
            "la cellule est vide, alors que la ligne est remplie ; la remplir",
        ),
        (
            "Ardennes;2031",
            ";2031",
            4,
            "territoire",
            "la cellule est vide ; la remplir sur chaque ligne",
        ),
        (
            "Ardennes;2031",
            "Ardennes;31",
            4,
            "annee",
            "« 31 » n’est pas une année ; l’écrire en quatre chiffres, comme 2024",
        ),
        (
            "Ardennes;2031",
            "Ardennes;2021",
            4,
            "annee",
            "la rencontre de 2021 est déjà dans l’observatoire ; vérifier l’année",
        ),
        (
            "France;2031;;;",
            "France;2031;40;;",
            3,
            "participants",
            "40, mais 41 plus haut pour la même rencontre ; garder le bon",
        ),
        (
            " | Eén ticket",
            "",
            2,
            "objectifs_nl",
            "1 au lieu de 2 en français ; en mettre autant, ou aucun",
        ),
        (
            "Ouest;2031;7",
            "Ouest;2031;",
            5,
            "votes",
            "la rencontre n’a ni votes ni participants ; la remplir ou l’enlever",
        ),
        (
            ";Lever un obstacle;;",
            ";Lever un obstacle;;;encore;",
            4,
            "",
            "la ligne a plus de cellules que la première ; enlever ce qui dépasse",
        ),
        (
            "niveau;votes",
            "niveau;voix",
            1,
            "votes",
            "cette colonne manque ; reprendre la première ligne du modèle",
        ),
        (
            "objectifs;",
            "objectif;",
            1,
            "objectif",
            "cette colonne est inconnue ; le plus proche : « objectifs »",
        ),
        (
            "total_votes;",
            "votes;",
            1,
            "votes",
            "cette colonne est là deux fois ; n’en garder qu’une",
        ),
    ],
)
def test_a_fault_is_told_in_french_with_its_row(checked, good, bad, row, column, sentence) -> None:
    assert good in GOOD
    place = f"ligne {row}, colonne « {column} »" if column else f"ligne {row}"
    assert f"{place} : {sentence}" in told(checked(GOOD.replace(good, bad, 1)))


def test_all_faults_are_told_at_once_and_none_by_consequence(checked) -> None:
    bad = GOOD.replace("Mobilité;1", "Mobbilité;1").replace("Santé;2;8", "Santé;9;-8").replace(
        "Ardennes", "Atlantide"
    )  # fmt: skip
    places = [(fault.row, fault.column) for fault in checked(bad).faults]
    assert places == [(2, "theme"), (3, "niveau"), (3, "votes"), (4, "territoire")]


def test_a_name_that_resembles_nothing_is_answered_with_all_that_are_known(checked) -> None:
    (fault,) = told(checked(GOOD.replace(";Santé;", ";Xyzw;").replace(";17;", ";;")))
    assert "connus : Citoyenneté / Culture, Services publics" in fault


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "la première ligne doit nommer les colonnes"),
        (b"PK\x03\x04rest of a workbook", "un classeur Excel"),
        (b"\xd0\xcf\x11\xe0rest", "un classeur Excel"),
        (b"territoire;\x00\x00", "le texte est illisible"),
        (b'territoire;annee;theme;votes\n"Ardennes;2031;a;1\n', "un guillemet ouvert n’est jamais fermé"),
        (HEADER.encode(), "aucune ligne n’est remplie"),
        (template(["Santé", "Mobilité"]), "aucune ligne n’est remplie"),
    ],
)
def test_a_file_that_is_no_campaign_says_so(checked, content: bytes, said: str) -> None:
    report = checked(content)
    assert report.meetings == ()
    (fault,) = told(report)
    assert said in fault


def test_a_filled_in_template_is_a_campaign(checked) -> None:
    text = template(["Santé", "Mobilité"]).decode("utf-8-sig")
    assert text.startswith(";".join(COLUMNS))
    filled = text.replace(";;;;Mobilité;;;", "Ardennes;2031;20;5;Mobilité;1;5;")
    report = checked(filled.encode("utf-8-sig"))
    assert report.faults == ()
    ((vote,),) = (meeting.votes for meeting in report.meetings)
    assert (vote.theme_id, vote.votes) == ("mobilite", 5)


def test_the_command_names_every_fault_and_leaves_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "campaign.csv"
    file.write_text(GOOD.replace(";8;", ";-8;").replace("Ardennes", "Ardene"), encoding="utf-8")

    assert main(["check", "--file", str(file)]) == FAILED
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(",")[0] for line in lines] == ["ligne 3", "ligne 4"]
    assert main(["check", "--file", str(file), "--json"]) == FAILED
    assert [fault["row"] for fault in json.loads(capsys.readouterr().out)] == [3, 4]


def test_the_command_says_what_a_good_file_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "campaign.csv"
    file.write_text(GOOD, encoding="utf-8")

    assert main(["check", "--file", str(file)]) == DONE
    said = capsys.readouterr().out.replace(NARROW, " ")
    assert "2031-hauts-de-france : 17 votes sur 2 thèmes, participants : 41" in said
    assert "2031-ardennes : 3 votes sur 1 thème, participants : 12" in said


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--file", str(tmp_path / "nowhere.csv")]) == FAILED
    assert "nowhere.csv" in capsys.readouterr().err


def test_a_campaign_is_data_and_compares_with_the_one_before(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(world, GOOD)
    monkeypatch.setenv("OBSERVATORY_DATA", str(tmp_path))
    build(tmp_path, world)

    votes = meetings.campaigns("RT-HAUTS-DE-FRANCE").frame
    assert votes.groupby("year")["votes"].sum().to_dict() == {2021: 52, 2031: 17}
    mobility = votes[(votes["year"] == 2031) & (votes["theme_id"] == "mobilite")].iloc[0]
    assert (mobility["change"], mobility["since"]) == (9 - 8, 2021)
    health = votes[votes["theme_id"] == "sante"].iloc[0]
    assert str(health["change"]) in ("nan", "<NA>"), "nobody voted on it in 2021"

    held = meetings.meetings().frame.set_index("meeting_id")["has_report"]
    assert held["2031-ardennes"]
    assert not held["2031-pyrenees-ouest"]
    stated = meetings.objectives("2031-hauts-de-france", "mobilite").frame
    assert list(stated["text_nl"]) == ["Een lijn heropenen", "Eén ticket"]

    areas = meetings.accounts().frame.set_index("area_id")
    assert (areas.loc["RT-ARDENNES", "year"], areas.loc["RT-ARDENNES", "vote_total"]) == (2031, 3)
    assert areas["has_report"].sum() == 2
    people = meetings.participation(2031).frame.set_index("area_id")
    assert list(people.loc["RT-HAUTS-DE-FRANCE", ["since", "before", "participants"]]) == [2021, 35, 41]
    assert meetings.campaign_years() == (2021, 2031), "the better attended first"


def test_a_campaign_is_on_the_page_without_a_line_of_code(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(world, GOOD)
    monkeypatch.setenv("OBSERVATORY_DATA", str(tmp_path))
    build(tmp_path, world)

    latest = Reading("meetings")
    assert not latest.app.exception
    assert plain(latest.title) == "Mobilité en tête des votes de la rencontre Hauts-de-France 2031"
    assert latest.says("17 votes pour 41 participants")
    assert "Mobilité 8 9 +1" in latest.block("counts-campaigns")
    assert "Santé – 8 –" in latest.block("counts-campaigns"), "nobody voted on it in 2021"

    without_level = Reading("meetings", rencontre="2031-ardennes")
    assert "Sans niveau imprimé Obstacles 3" in without_level.block("bars-votes")

    people = Reading("meetings", vue="participants", campagne="2031")
    assert "Pyrénées Ouest 13 7 −6" in people.block("counts-participants")

    theme = Reading("meetings", vue="theme", theme="mobilite")
    assert not theme.app.exception
    assert "8 votes, niveau 1, rencontre Hauts-de-France 2021" in theme.block("units")


def test_nothing_of_a_faulty_campaign_is_loaded(world: World, tmp_path: Path) -> None:
    declare(world, GOOD.replace("Santé;2;8", "Santé;2;-8"))

    with pytest.raises(BuildFailed) as error:
        build(tmp_path, world)

    (problem,) = error.value.problems
    assert "campaign_2031" in problem
    assert "the campaign has faults (1), the first: ligne 3" in problem
    assert "python -m etl check --file" in problem
    assert not (tmp_path / "current").exists()
