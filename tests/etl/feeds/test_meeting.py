"""Transcribed accounts of the Rencontres: figures against their line, and what a bad file is told.

Lines are those of the account of the meeting of Hauts-de-France 2021, seed 003.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from etl.build import BuildFailed, build
from etl.declaration import Dataset
from etl.errors import WrongRequest
from etl.feeds import FEEDS
from etl.harmonise import Places
from etl.parse import read
from etl.snapshot import Layers, open_snapshot
from etl.world import declarations, project_world

WORLD = project_world(Path("no-data-folder"))
NARROW = "\u202f"

VOTES_BY_LINE = {
    5: ("citoyennete-culture", 9),
    6: ("services-publics", 5),
    8: ("gouvernance", 8),
    9: ("mobilite", 8),
    11: ("ressources-biens-communs", 7),
    12: ("ingenierie", 6),
    13: ("obstacles", 4),
    14: ("observation", 4),
    15: ("emploi-insertion", 1),
}
PARTICIPANTS_2020_BY_LINE = {
    195: ("RT-HAUTS-DE-FRANCE", 10),
    198: ("RT-ARDENNES", 7),
    201: ("RT-GRANDE-REGION", 8),
    204: ("RT-RHIN-SUPERIEUR", 11),
    207: ("RT-ARC-JURASSIEN", 14),
    211: ("RT-GENEVOIS-ALPES-DU-NORD", 10),
    214: ("RT-SUD-FR-IT-MONACO", 8),
    220: ("RT-PYRENEES-EST-CENTRE", 8),
}
PARTICIPANTS_2021_BY_LINE = {
    226: ("RT-HAUTS-DE-FRANCE", 35),
    229: ("RT-ARDENNES", 18),
    232: ("RT-GRANDE-REGION", 22),
    235: ("RT-RHIN-SUPERIEUR", 17),
    238: ("RT-ARC-JURASSIEN", 14),
    243: ("RT-GENEVOIS-ALPES-DU-NORD", 20),
    246: ("RT-SUD-FR-IT-MONACO", 30),
    249: ("RT-PYRENEES-EST-CENTRE", 26),
    254: ("RT-PYRENEES-OUEST", 13),
}
PRIORITIES_BY_LINE = {
    269: ("gouvernance-obstacles-strategie", 9),
    275: ("mobilite", 9),
    281: ("formation", 7),
    289: ("culture-citoyennete-appartenance", 6),
    295: ("sante", 6),
}
# Line of the account -> link, and a word printed there.
MISSING_LINKS_BY_LINE = {
    104: ("pistes-cyclables", "pistes cyclables"),
    107: ("rail-lille-courtrai", "Lille-Courtrai"),
    109: ("rail-frontiere-belge", "liaisons manquantes"),
    112: ("reseaux-tarifs", "réseaux de transport"),
    118: ("canal-seine-nord", "Canal Seine Nord"),
    120: ("rail-anvers-frontiere", "port d’Anvers"),
    161: ("navigation-plaisance", "navigation de plaisance"),
}
EXPECTED_OF_MOT_BY_LINE = {
    304: ("gouvernance-obstacles-strategie", 8),
    311: ("mobilite", 5),
    320: ("culture-citoyennete-appartenance", 5),
    327: ("observation", 3),
}


@pytest.fixture(scope="module")
def datasets() -> dict[str, Dataset]:
    return {dataset.dataset_id: dataset for dataset in declarations(WORLD).datasets}


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


@pytest.fixture
def fed(datasets: dict[str, Dataset], places: Places):
    def feed(dataset_id: str, content: str | None = None) -> pd.DataFrame:
        """The only table of a dataset, out of its embedded extract or of other content."""
        dataset = datasets[dataset_id]
        frame = (
            open_snapshot(dataset, WORLD.layers).frame
            if content is None
            else read("delimited", content.encode(), {})
        )
        (table,) = FEEDS[dataset.feeds](dataset, frame, places).tables.values()
        return table

    return feed


@pytest.fixture
def embedded(datasets: dict[str, Dataset]):
    def text(dataset_id: str) -> str:
        return WORLD.layers.extract(datasets[dataset_id]).read_text(encoding="utf-8")

    return text


def by_line(table: pd.DataFrame, name: str, figure: str) -> dict[int, tuple[str, int]]:
    return {row["line"]: (row[name], row[figure]) for row in table.to_dict("records")}


def test_the_nine_themes_have_the_printed_votes(fed) -> None:
    votes = fed("rencontres_votes")
    assert by_line(votes, "theme_id", "votes") == VOTES_BY_LINE
    assert votes["votes"].sum() == 52


def test_two_themes_printed_on_one_line_stay_two_and_remember_it(fed) -> None:
    votes = fed("rencontres_votes")
    together = votes[votes["printed_with"].notna()]
    assert list(together["theme_id"]) == ["citoyennete-culture", "services-publics"]
    assert together["printed_with"].nunique() == 1


def test_levels_are_those_printed_under_each_theme(fed) -> None:
    votes = fed("rencontres_votes")
    level_1 = set(votes[votes["level"] == 1]["theme_id"])
    assert level_1 == {"citoyennete-culture", "services-publics", "gouvernance", "mobilite"}
    assert set(votes[votes["level"] == 2]["theme_id"]) == set(votes["theme_id"]) - level_1


def test_participants_of_2021_add_up_to_the_printed_total(fed) -> None:
    participants = fed("rencontres_participants")
    in_2021 = participants[participants["year"] == 2021]
    assert by_line(in_2021, "area_id", "participants") == PARTICIPANTS_2021_BY_LINE
    assert in_2021["participants"].sum() == 195  # printed on line 256
    assert not in_2021["is_computed"].any()


def test_the_one_deduced_figure_of_2020_is_marked_and_explained(fed) -> None:
    participants = fed("rencontres_participants")
    in_2020 = participants[participants["year"] == 2020]
    printed, deduced = in_2020[~in_2020["is_computed"]], in_2020[in_2020["is_computed"]]
    assert by_line(printed, "area_id", "participants") == PARTICIPANTS_2020_BY_LINE
    assert printed["participants"].sum() == 76
    (row,) = deduced.to_dict("records")
    assert (row["area_id"], row["participants"], row["computation"]) == (
        "RT-PYRENEES-OUEST",
        18,
        "94 − 76 = 18",
    )
    assert in_2020["participants"].sum() == 94  # printed on line 223


def test_two_scales_count_territories_apart(fed) -> None:
    expectations = fed("rencontres_expectations")
    local = expectations[expectations["scale"] == "local_priority"]
    of_mot = expectations[expectations["scale"] == "expected_of_mot"]
    assert by_line(local, "theme_id", "territories") == PRIORITIES_BY_LINE
    assert by_line(of_mot, "theme_id", "territories") == EXPECTED_OF_MOT_BY_LINE


def test_only_the_meeting_of_hauts_de_france_2021_has_an_account(fed) -> None:
    meetings = fed("rencontres_meetings")
    assert len(meetings) == 18
    assert list(meetings[meetings["has_report"]]["meeting_id"]) == ["2021-hauts-de-france"]


def test_the_account_counts_the_themes_it_awaits_the_mot_on_and_names_none(fed) -> None:
    """Line 2: 3 thèmes sur lesquels la MOT est particulièrement attendue."""
    awaited = fed("rencontres_meetings").set_index("meeting_id")["awaited_themes"]
    assert awaited.dropna().to_dict() == {"2021-hauts-de-france": 3}


def test_every_theme_voted_on_has_objectives_in_three_languages(fed) -> None:
    objectives = fed("rencontres_objectives")
    assert set(objectives["theme_id"]) == {theme for theme, _ in VOTES_BY_LINE.values()}
    assert (objectives[["text_fr", "text_nl", "text_en"]] != "").all(axis=None)


def test_the_links_the_meeting_named_stand_on_their_lines_and_two_lines_cross_today(fed) -> None:
    """Line 109: "seulement 2 lignes ferroviaires transfrontalières sur la frontière FR-BE"."""
    links = fed("rencontres_missing_links")
    assert dict(zip(links["line"], links["link_id"], strict=True)) == {
        line: link for line, (link, _) in MISSING_LINKS_BY_LINE.items()
    }
    assert links.set_index("link_id")["existing"].dropna().to_dict() == {"rail-frontiere-belge": 2}
    assert set(links.loc[links["mode"] == "rail", "wanted"]) == {"missing", "to_improve", "to_study"}


def test_french_texts_have_narrow_spaces_and_curly_apostrophes(fed) -> None:
    for text in fed("rencontres_objectives")["text_fr"]:
        assert "'" not in text
        for mark in ":;?!%»":
            assert text.count(mark) == text.count(NARROW + mark), text


@pytest.mark.parametrize(
    ("dataset_id", "good", "bad", "row", "told"),
    [
        ("rencontres_votes", ",mobilite,1,8", ",telepathie,1,8", 5, "'telepathie', a theme that is not in"),
        ("rencontres_votes", ",mobilite,1,8", ",mobilite,1,-8", 5, "votes is '-8', not a whole number"),
        ("rencontres_votes", ",mobilite,1,8", ",mobilite,3,8", 5, "level is '3', neither 1 nor 2"),
        ("rencontres_votes", ",mobilite,1,8", ",gouvernance,1,8", 5, "occurs twice, first in row 4"),
        ("rencontres_votes", "2021-hauts-de-france,mobilite", "2021-nulle-part,mobilite", 5, "meeting_id is"),
        (
            "rencontres_participants",
            "RT-ARDENNES,2021,18",
            "RT-ATLANTIDE,2021,18",
            12,
            "an unknown territory",
        ),
        ("rencontres_participants", "RT-ARDENNES,2021,18", "FRF21,2021,18", 12, "a nuts3"),
        (
            "rencontres_participants",
            "RT-ARDENNES,2021,18",
            "RT-ARDENNES,21,18",
            12,
            "not a year of four digits",
        ),
        (
            "rencontres_participants",
            "true,94 − 76 = 18",
            "true,",
            10,
            "is_computed is true, and computation is ''",
        ),
        ("rencontres_participants", "true,94 − 76 = 18", "oui,94 − 76 = 18", 10, "neither true nor false"),
        ("rencontres_expectations", "local_priority,sante", "votes,sante", 6, "scale is 'votes'"),
        ("rencontres_missing_links", "mobilite,cycling", "mobilite,teleport", 6, "mode is 'teleport'"),
        ("rencontres_missing_links", "rail,to_improve", "rail,urgent", 3, "wanted is 'urgent'"),
        ("rencontres_objectives", ",mobilite,mot_remark", ",mobilite,rumour", 36, "kind is 'rumour'"),
    ],
)
def test_a_bad_cell_is_told_with_its_row(fed, embedded, dataset_id, good, bad, row, told) -> None:
    text = embedded(dataset_id)
    assert text.count(good) == 1
    with pytest.raises(WrongRequest, match=told) as error:
        fed(dataset_id, text.replace(good, bad))
    assert error.value.row == row


def test_a_column_that_is_missing_is_named(fed, embedded) -> None:
    with pytest.raises(WrongRequest, match="column 'votes'"):
        fed("rencontres_votes", embedded("rencontres_votes").replace(",votes,", ",voix,"))


def test_a_bad_file_fails_the_build_with_its_name_and_row(tmp_path: Path) -> None:
    shutil.copytree(WORLD.datasets[0] / "mot", tmp_path / "datasets" / "mot")
    shutil.copytree(WORLD.layers.embedded / "mot", tmp_path / "embedded" / "mot")
    file = tmp_path / "embedded" / "mot" / "rencontres_votes.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("mobilite,1,8", "mobilite,1,-8"), encoding="utf-8"
    )
    layers = Layers(snapshots=tmp_path / "snapshots", embedded=tmp_path / "embedded")
    with pytest.raises(BuildFailed) as error:
        build(tmp_path / "out", replace(WORLD, layers=layers, datasets=(tmp_path / "datasets",)))
    (problem,) = error.value.problems
    assert "rencontres_votes" in problem
    assert f"{file}, row 5" in problem
    assert "votes is '-8'" in problem
    assert not (tmp_path / "out" / "current").exists()


def _printed_at(table: pd.DataFrame, figure: str) -> Iterable[tuple[int, int]]:
    return zip(table["line"], table[figure], strict=True)


@pytest.mark.specimens
@pytest.mark.skipif("OBSERVATORY_SPECIMENS" not in os.environ, reason="OBSERVATORY_SPECIMENS names no folder")
def test_each_figure_stands_on_its_line_of_the_account(fed) -> None:
    (account,) = (Path(os.environ["OBSERVATORY_SPECIMENS"]).parent / "seeds").glob("003_*.txt")
    lines = account.read_text(encoding="utf-8").split("\n")
    participants = fed("rencontres_participants")
    printed = [
        *_printed_at(fed("rencontres_votes"), "votes"),
        *_printed_at(participants[~participants["is_computed"]], "participants"),
        *_printed_at(fed("rencontres_expectations"), "territories"),
    ]
    assert len(printed) == 9 + 17 + 9
    assert all(str(figure) in lines[line - 1] for line, figure in printed)
    assert all(word in lines[line - 1] for line, (_, word) in MISSING_LINKS_BY_LINE.items())
