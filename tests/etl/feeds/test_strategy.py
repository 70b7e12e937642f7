"""Transcribed strategies: each row against its line, titles and codes as printed, totals that must agree.

Lines are those of the seeds: 000 Interreg, 001 Arc jurassien, 002 living areas, 003 Rencontres, 004 MOT.
"""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from etl.declaration import Dataset
from etl.errors import WrongRequest
from etl.feeds import FEEDS
from etl.harmonise import Places
from etl.parse import read
from etl.snapshot import open_snapshot
from etl.world import declarations, project_world

WORLD = project_world(Path("no-data-folder"))
NARROW = "\u202f"
NAME_WITH_COLON = "objectif:ne"  # an association

TRANSCRIBED = (
    "fwv_objectives",
    "mot_programme",
    "arc_jurassien",
    "bassins_de_vie",
    "rencontres_ideas",
    "rencontres_idea_territories",
    "rencontres_idea_suggestions",
)
PROPOSED = ("strategy_links", "missing_indicators")

PRIORITIES_BY_LINE = {13: 1, 30: 2, 47: 3, 55: 4, 73: 5}
SPECIFIC_OBJECTIVES_BY_LINE = {
    15: (1, "1.1"),
    20: (1, "1.3"),
    32: (2, "2.4"),
    38: (2, "2.5"),
    40: (2, "2.7"),
    49: (3, "3.2"),
    57: (4, "4.1"),
    60: (4, "4.5"),
    65: (4, "4.6"),
    75: (5, "6.1"),
    80: (5, "6.2"),
    82: (5, "6.3"),
}
NUMBERED_ACTIONS = {
    "1.1": 4, "1.3": 6, "2.4": 5, "2.5": 1, "2.7": 3, "3.2": 2, "4.1": 2, "4.5": 4, "4.6": 4, "6.1": 4,
    "6.2": 1, "6.3": 1,
}  # fmt: skip
BORDERS_BY_LINE = {
    34: "FR-DE",
    35: "FR-IT",
    36: "FR-DE",
    37: "FR-ES",
    39: "OM",
    40: "Frontières Maritimes",
    56: "FR-LU",
    94: "FR-BE",
    100: "FR-CH",
    103: "FR-IT",
    104: "FR-BE",
    125: "FR-IT-MC",
}
QUALIFIERS_BY_LINE = {
    103: "Marché public · hors programme partagé",
    106: "Marché public · en attente",
    120: "soumis à intérêt",
    121: "Marché public · en attente",
    122: "Marché public",
}
# Action numbers of the Arc jurassien beside each proposal, None where the copy lost them: lines 38 and 41.
ATTACHED = {
    "ctj-emploi-1": ["1.3", "4.1.2"],
    "ctj-emploi-2": ["1.3"],
    "ctj-consommation-1": [None],
    "ctj-loisirs-1": [None],
    "ctj-loisirs-2": [None],
    "ctj-engagement-1": ["4.1.2"],
    "ctj-politique-1": [None, "4.2.2"],
    "ctj-politique-2": ["4.2.3"],
    "ctj-enseignement-1": [None, "4.2.3"],
}
FACTS = {
    "ctj-fppt-1": None,
    "ctj-fppt-2": "< 35000€",
    "ctj-fppt-3": "4",
    "ctj-fppt-4": "axe 4",
    "ctj-matinees-1": "Une à deux",
    "ctj-matinees-2": "2017",
    "ctj-site-1": "2017",
}
IDEAS = {  # the line of the theme, the territories listed below it
    "idee-mobilite": (331, 7),
    "idee-formation": (352, 4),
    "idee-gouvernance": (378, 5),
    "idee-citoyennete": (398, 5),
    "idee-observation": (424, 3),
    "idee-interreg-21-27": (442, 3),
}


@pytest.fixture(scope="module")
def datasets() -> dict[str, Dataset]:
    return {dataset.dataset_id: dataset for dataset in declarations(WORLD).datasets}


@pytest.fixture(scope="module")
def tables(datasets: dict[str, Dataset]) -> dict[str, pd.DataFrame]:
    places = Places.load()
    found = {}
    for name in (*TRANSCRIBED, *PROPOSED):
        frame = open_snapshot(datasets[name], WORLD.layers).frame
        (found[name],) = FEEDS[datasets[name].feeds](datasets[name], frame, places).tables.values()
    return found


@pytest.fixture(scope="module")
def seeds() -> dict[str, list[str]]:
    """The lines of each seed; the first is line 1."""
    if "OBSERVATORY_SPECIMENS" not in os.environ:
        pytest.skip("OBSERVATORY_SPECIMENS names no folder")
    folder = Path(os.environ["OBSERVATORY_SPECIMENS"]).parent / "seeds"
    return {
        file.name[:3]: ["", *file.read_text(encoding="utf-8").split("\n")] for file in folder.glob("*.txt")
    }


def of_kind(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    return table[table["kind"] == kind]


def plain(text: str) -> str:
    """Letters and figures alone: what capitals, accents, blanks and apostrophes leave."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return re.sub(r"[\W_]|[\u0300-\u036f]", "", letters)


def test_twelve_specific_objectives_stand_under_five_priorities(tables) -> None:
    objectives = tables["fwv_objectives"]
    priorities = of_kind(objectives, "priority")
    assert dict(zip(priorities["line"], priorities["priority"], strict=True)) == PRIORITIES_BY_LINE
    specific = of_kind(objectives, "specific_objective").set_index("line")
    printed = {line: (row["priority"], row["code"]) for line, row in specific.iterrows()}
    assert printed == SPECIFIC_OBJECTIVES_BY_LINE
    assert len(specific) == 12


def test_thirty_seven_actions_are_numbered_under_them(tables) -> None:
    actions = of_kind(tables["fwv_objectives"], "numbered_action")
    assert len(actions) == 37
    counted = {code: [str(n) for n in range(1, last + 1)] for code, last in NUMBERED_ACTIONS.items()}
    found = {parent.removeprefix("fwv-"): list(own["code"]) for parent, own in actions.groupby("parent_id")}
    assert found == counted


def test_priority_five_carries_six_one_to_six_three(tables) -> None:
    specific = of_kind(tables["fwv_objectives"], "specific_objective")
    assert list(specific[specific["priority"] == 5]["code"]) == ["6.1", "6.2", "6.3"]


def test_only_official_titles_are_carried_over(tables) -> None:
    objectives = tables["fwv_objectives"]
    assert of_kind(objectives, "numbered_action")["title"].isna().all()
    assert objectives[objectives["kind"] != "numbered_action"]["title"].notna().all()
    programme = tables["mot_programme"]
    assert set(programme[programme["title"].notna()]["kind"]) == {"axis", "domain"}


def test_the_programme_has_three_axes_and_each_line_is_a_row(tables) -> None:
    programme = tables["mot_programme"]
    axes = of_kind(programme, "axis")
    assert list(zip(axes["axis"], axes["mode"], axes["line"], strict=True)) == [
        (1, "SOCLE", 4),
        (2, "SOCLE", 45),
        (3, "SUR-MESURE", 87),
    ]
    assert Counter(programme["kind"]) == {"axis": 3, "domain": 11, "action": 28, "sub_action": 80}
    assert set(programme["line"]) == set(range(4, 131)) - {27, 52, 77, 101, 109}  # blank lines of the seed


def test_a_printed_code_repeats_and_is_no_key(tables) -> None:
    programme = tables["mot_programme"]
    assert list(programme[programme["code"] == "1.1.1"]["line"]) == [6, 7, 8]
    assert programme["action_id"].is_unique


def test_borders_and_qualifiers_are_those_printed(tables) -> None:
    programme = tables["mot_programme"].set_index("line")
    assert programme["border"].dropna().to_dict() == BORDERS_BY_LINE
    assert programme["qualifiers"].dropna().to_dict() == QUALIFIERS_BY_LINE


def test_a_number_lost_in_the_seed_stays_empty(tables) -> None:
    items = tables["arc_jurassien"]
    assert len(of_kind(items, "table")) == 6
    attached = of_kind(items, "attachment").astype({"printed": object})
    printed = attached["printed"].where(attached["printed"].notna(), None)
    assert {parent: list(own) for parent, own in printed.groupby(attached["parent_id"])} == ATTACHED
    facts = of_kind(items, "fact").set_index("item_id")["printed"]
    assert {name: None if pd.isna(figure) else figure for name, figure in facts.items()} == FACTS


def test_the_living_areas_have_five_sites_and_sixteen_partners(tables) -> None:
    items = tables["bassins_de_vie"].set_index("item_id")
    assert list(of_kind(items, "site")["border"]) == ["FR-DE", "FR-BE", "FR-LU", "FR-IT-MC", "FR-CH"]
    assert items.loc["bv-partenaires", "printed"] == "seize"
    assert len(of_kind(items, "theme")) == 4
    assert items.loc["bv-lille-kortrijk-tournai", "territory_id"] == "BV-LILLE-KORTRIJK-TOURNAI"


def test_six_ideas_list_their_territories(tables) -> None:
    lines = tables["rencontres_ideas"].set_index("idea_id")["line"].to_dict()
    listed = Counter(tables["rencontres_idea_territories"]["idea_id"])
    assert {idea: (lines[idea], listed[idea]) for idea in lines} == IDEAS


def test_suggestions_are_numbered_as_printed(tables) -> None:
    suggestions = tables["rencontres_idea_suggestions"]
    numbered = of_kind(suggestions, "suggestion")
    assert Counter(numbered["idea_id"]) == {
        "idee-mobilite": 2,
        "idee-formation": 2,
        "idee-gouvernance": 1,
        "idee-citoyennete": 2,
        "idee-observation": 2,
        "idee-interreg-21-27": 3,
    }
    assert list(of_kind(suggestions, "reminder")["line"]) == [367]


def test_every_link_gives_its_reason_and_says_who_proposes_it(tables) -> None:
    links = tables["strategy_links"]
    assert (links[["reason_fr", "reason_nl", "reason_en"]] != "").all(axis=None)
    assert set(links["proposed_by"]) == {"observatoire"}


@pytest.mark.parametrize("name", [*TRANSCRIBED, *PROPOSED])
def test_french_texts_have_narrow_spaces_and_curly_apostrophes(tables, name: str) -> None:
    table = tables[name]
    for column in table.columns.intersection(
        ["label_fr", "title", "problem_fr", "text_fr", "reason_fr", "needed_fr"]
    ):
        for text in table[column].dropna().str.replace(NAME_WITH_COLON, ""):
            assert "'" not in text
            for mark in ":;?!%»":
                assert text.count(mark) == text.count(NARROW + mark), text


@pytest.mark.parametrize("name", PROPOSED)
def test_what_the_observatory_proposes_is_locked_as_it_stands(datasets, name: str) -> None:
    extract = WORLD.layers.extract(datasets[name])
    lock = tomllib.loads(extract.with_suffix(".lock.toml").read_text(encoding="utf-8"))
    assert lock["sha256"] == hashlib.sha256(extract.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "good", "bad", "told"),
    [
        ("strategy_links", "mobilite,theme,mobilite", "x,theme,mobilite", "'x', a theme that is not"),
        ("strategy_links", "objective,fwv-3.2,L", "vote,fwv-3.2,L", "to_kind is 'vote', none of"),
        ("fwv_objectives", "fwv-p2,priority,,2", "fwv-p2,priority,,two", "priority is 'two', not a"),
        ("mot_programme", "axis,,1,SOCLE", "axis,,1,socle", "mode is 'socle', none of SOCLE"),
        ("bassins_de_vie", "BV-LILLE-KORTRIJK-TOURNAI", "BV-LILLE", "an unknown territory"),
        ("rencontres_idea_territories", "idee-mobilite,RT-ARDENNES", "idee-mobilite,FRE", "a nuts1"),
        ("rencontres_idea_suggestions", "idee-mobilite,suggestion,1", "x,suggestion,1", "idea_id is 'x'"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_with_its_column(datasets, name, good, bad, told) -> None:
    text = WORLD.layers.extract(datasets[name]).read_text(encoding="utf-8")
    assert good in text
    frame = read("delimited", text.replace(good, bad, 1).encode(), {})
    with pytest.raises(WrongRequest, match=told) as error:
        FEEDS[datasets[name].feeds](datasets[name], frame, Places.load())
    assert error.value.row is not None


@pytest.mark.specimens
@pytest.mark.parametrize("name", TRANSCRIBED)
def test_the_lock_is_of_the_seed_itself(datasets, seeds, name: str) -> None:
    extract = WORLD.layers.extract(datasets[name])
    lock = tomllib.loads(extract.with_suffix(".lock.toml").read_text(encoding="utf-8"))
    folder = Path(os.environ["OBSERVATORY_SPECIMENS"]).parent / "seeds"
    digests = {file.name[:3]: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.txt")}
    (seed,) = set(open_snapshot(datasets[name], WORLD.layers).frame["seed"])
    assert lock["sha256"] == digests[seed]


@pytest.mark.specimens
@pytest.mark.parametrize("name", TRANSCRIBED)
def test_headings_stand_in_the_seed(tables, seeds, name: str) -> None:
    whole = {number: plain("".join(lines)) for number, lines in seeds.items()}
    for seed, heading in set(zip(tables[name]["seed"], tables[name]["heading"], strict=True)):
        assert plain(heading) in whole[seed]


@pytest.mark.specimens
def test_interreg_codes_and_titles_stand_on_their_line(tables, seeds) -> None:
    for row in tables["fwv_objectives"].to_dict("records"):
        line = seeds["000"][row["line"]]
        if row["kind"] == "numbered_action":
            assert line.startswith(f"  {row['code']}. ")
        elif row["kind"] == "specific_objective":
            assert plain(line) == plain(f"Objectif spécifique {row['code']}{row['title']}")
        else:
            assert seeds["000"][row["line"] - 2] == f"Priorité {row['code']}"
            assert plain(line) == plain(row["title"])


@pytest.mark.specimens
def test_programme_codes_titles_and_qualifiers_stand_on_their_line(tables, seeds) -> None:
    for row in tables["mot_programme"].to_dict("records"):
        code, _, title = seeds["004"][row["line"]].partition("\t")
        assert code.rstrip(".") == row["code"]
        if row["kind"] == "axis":
            assert title.startswith(f"[{row['mode']}] AXE {row['axis']} - ")
        if not pd.isna(row["title"]):
            assert plain(title).endswith(plain(row["title"]))
        qualifiers = "" if pd.isna(row["qualifiers"]) else row["qualifiers"]
        border = "" if pd.isna(row["border"]) else row["border"]
        assert all(printed in title for printed in (border, *qualifiers.split(" · ")))


@pytest.mark.specimens
@pytest.mark.parametrize("name", ["arc_jurassien", "bassins_de_vie"])
def test_printed_numbers_and_action_names_stand_on_their_line(tables, seeds, name: str) -> None:
    for row in tables[name].to_dict("records"):
        line = seeds[row["seed"]][row["line"]]
        if not pd.isna(row["printed"]):
            assert plain(row["printed"]) in plain(line)
        if row["kind"] == "table":
            assert plain(row["label_fr"]) in plain(line)
    if name == "arc_jurassien":
        assert "Fonds doté de €" in seeds["001"][44]
        assert Counter(re.findall(r"Actions? (?=\(|et )", seeds["001"][38] + seeds["001"][41])) == {
            "Action ": 3,
            "Actions ": 2,
        }


@pytest.mark.specimens
def test_themes_territories_and_numbers_of_ideas_stand_on_their_line(tables, seeds) -> None:
    account = seeds["003"]
    for row in tables["rencontres_ideas"].to_dict("records"):
        assert plain(account[row["line"]]) == plain(f"THEME {row['theme_id']}")
    for row in tables["rencontres_idea_territories"].to_dict("records"):
        assert row["printed"] in account[row["line"]]
    for row in tables["rencontres_idea_suggestions"].to_dict("records"):
        printed = "Rappel 2021" if row["kind"] == "reminder" else f"Suggestion {row['number']}"
        assert account[row["line"]].startswith(f"- {printed}")
