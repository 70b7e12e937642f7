"""Stratégies: the chain and the documents, with figures counted by hand in the seeds."""

from __future__ import annotations

from html import unescape
from json import loads
from re import findall
from urllib.parse import parse_qsl

import pandas
import pytest

from pages.components.words import speak
from tests.pages.reading import PATHS, Reading, plain, read
from warehouse.queries import catalogue, meetings, strategy
from warehouse.result import LANGUAGES

pytestmark = pytest.mark.usefixtures("warehouse")
PARTS = ("chaine", "interreg", "mot", "territoires")
PROPOSED = "rapprochement proposé par l’observatoire"


def _links(reading: Reading, inside: str) -> list[str]:
    (block,) = [body for body in reading.blocks if f'data-testid="{inside}"' in body]
    return [unescape(address) for address in findall(r'href="([^"]+)"', block)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_in_every_language(part: str, language: str) -> None:
    reading = read("strategy", partie=part, lang=language)
    assert not reading.app.exception
    assert reading.warnings == []
    assert reading.query["partie"] == part
    assert "{" not in reading.text
    assert " nan " not in reading.text
    assert " None " not in reading.text


# --- Interreg: seed 000 -----------------------------------------------------------------------------


def test_interreg_has_five_priorities_twelve_objectives_and_thirty_seven_actions() -> None:
    """Seed 000: 4 + 6, 5 + 1 + 3, 2, 2 + 4 + 4 and 4 + 1 + 1 actions."""
    reading = read("strategy", partie="interreg")
    assert plain(reading.title).endswith("5 priorités, 12 objectifs spécifiques, 37 actions")
    shown = reading.block("ledger-interreg")
    counts = [int(found) for found in findall(r"(\d+) actions?\b", shown)]
    assert counts == [4, 6, 5, 1, 3, 2, 2, 4, 4, 4, 1, 1]
    assert reading.says("De 2 actions (priorité 3) à 10 actions (priorités 1 et 4)")


def test_priority_five_says_that_it_carries_objectives_numbered_six() -> None:
    shown = read("strategy", partie="interreg").block("ledger-interreg")
    assert "Porte les objectifs 6.1, 6.2 et 6.3" in shown
    assert shown.count("Porte les objectifs") == 1


def test_a_link_to_an_objective_unfolds_it_and_no_other() -> None:
    reading = read("strategy", partie="interreg", objectif="fwv-3.2")
    (block,) = [body for body in reading.blocks if 'data-testid="ledger-interreg"' in body]
    (opened,) = findall(r"<details open>.*?</details>", block)
    assert '<span class="code">3.2</span>' in opened


def test_a_link_to_an_action_unfolds_its_objective_and_outlines_it() -> None:
    reading = read("strategy", partie="interreg", objectif="fwv-6.1-a2")
    (block,) = [body for body in reading.blocks if 'data-testid="ledger-interreg"' in body]
    (opened,) = findall(r"<details open>.*?</details>", block)
    assert '<span class="code">6.1</span>' in opened
    assert opened.count('class="found"') == 1


# --- programme of the MOT: seed 004 ------------------------------------------------------------------


def test_the_programme_is_marked_as_a_draft_and_keeps_its_three_axes() -> None:
    reading = read("strategy", partie="mot")
    assert "projet" in reading.title
    shown = reading.block("ledger-programme")
    assert (shown.count("[SOCLE]"), shown.count("[SUR-MESURE]")) == (2, 1)


def test_the_programme_narrowed_to_what_waits_shows_that_and_what_stands_above() -> None:
    """Lines 107 and 126 of the seed end in `(en attente)`, both in the third axis."""
    reading = read("strategy", partie="mot", mention="en attente")
    shown = reading.block("ledger-programme")
    assert shown.count("en attente") == 2
    assert "[SOCLE]" not in shown
    assert plain(reading.title).startswith("Programme 2023 de la MOT, projet : ")


def test_choices_that_nothing_answers_are_said() -> None:
    reading = read("strategy", partie="mot", axe="1", mention="en attente")
    assert not reading.app.exception
    assert [item.value for item in reading.app.info] == [
        f"{speak('fr')('strategy.nothing_kept')} {speak('fr')('strategy.widen')}"
    ]


# --- territories: seeds 001 and 002 ------------------------------------------------------------------


def test_what_the_seed_lost_is_shown_as_not_printed() -> None:
    """Seed 001, slide 12: `Action (S’appuyer sur …)` has no number; slide 14: `Fonds doté de €`."""
    reading = read("strategy", partie="territoires")
    shown = reading.block("ledger-arc")
    lost = int(strategy.arc_jurassien().frame["is_lost"].sum())
    assert shown.count("non imprimé") == lost > 3
    assert "Dotation du fonds, en euros non imprimé" in shown


def test_the_five_sites_of_the_living_areas_are_named() -> None:
    shown = read("strategy", partie="territoires").block("ledger-bassins")
    for site in ("PAMINA", "Lille-Kortrijk-Tournai", "Nord Lorrain", "Riviera", "franco-valdo-genevoise"):
        assert site in shown
    assert read("strategy", partie="territoires").title.endswith("5 sites pilotes")


# --- the chain ---------------------------------------------------------------------------------------


def test_the_title_counts_the_themes_without_indicator_and_the_matrix_puts_them_first() -> None:
    reading = read("strategy")
    gaps = list(strategy.gaps().frame["label_fr"])
    assert plain(reading.title).startswith(f"{len(gaps)} thèmes sur ")
    (block,) = [body for body in reading.blocks if 'data-testid="matrix-chain"' in body]
    heads = [plain(head).strip() for head in findall(r'<th scope="row">(.*?)</th>', block)]
    assert set(heads[: len(gaps)]) == set(gaps)
    assert plain(block).count("aucun indicateur disponible") == len(gaps)


def test_the_title_of_one_theme_counts_its_own_steps_and_its_sources_are_its_own() -> None:
    reading = Reading("strategy", theme="mobilite")
    informing = strategy.chain("mobilite").frame["indicator_id"].nunique()
    assert plain(reading.title) == f"Mobilité : 1 objectif, 2 actions, {informing} indicateurs"
    (line,) = [body for body in reading.blocks if 'data-testid="source-line"' in body]
    assert "strategy_links" in line
    assert "tgs00010" not in line, "the unemployment rate informs another theme"


def test_what_would_be_needed_stands_with_every_gap() -> None:
    for needed in strategy.gaps().frame["needed_fr"]:
        assert read("strategy", lacunes="seules").says(needed)


def test_every_link_is_called_a_proposal_and_gives_its_reason() -> None:
    reading = Reading("strategy", theme="mobilite")
    assert reading.says(PROPOSED)
    links = strategy.links("mobilite").frame
    table = reading.unfold("strategie-chaine")
    assert len(table) == len(links) > 0
    assert set(table["proposed"]) == {PROPOSED}
    assert list(table["reason_fr"]) == list(links["reason_fr"])


def test_the_chain_of_one_theme_gives_each_reason_beside_its_link() -> None:
    """On a phone, where nothing is drawn, they are read there."""
    shown = Reading("strategy", theme="mobilite").block("matrix-chain")
    links = strategy.links("mobilite").frame
    assert shown.count(PROPOSED) == len(links)
    for reason in links["reason_fr"]:
        assert plain(reason) in shown


def test_the_drawing_is_small_and_wears_the_colour_of_no_side() -> None:
    reading = read("strategy")
    (drawn,) = reading.app.get("plotly_chart")
    assert len(drawn.proto.spec) < 200_000
    for side in ("#1F5A99", "#B4500B", "#7FB2E5", "#F2A25C"):
        assert side not in drawn.proto.spec


def test_the_things_of_the_chain_are_links_to_their_places() -> None:
    addresses = _links(read("strategy"), "matrix-chain")
    pages = {address.split("?")[0] for address in addresses}
    assert {"rencontres", "strategie", "flux", "emploi"} <= pages
    assert pages <= set(PATHS.values())


def test_the_indicators_of_mobility_open_where_they_are_shown() -> None:
    """Cross-border workers are on Flux, how people travel is a question of Mobilité."""
    addresses = _links(read("strategy", theme="mobilite"), "matrix-chain")
    assert any(address.startswith("flux?") for address in addresses)
    assert any(address.startswith("mobilite?") and "vue=modes" in address for address in addresses)


# --- search ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sought", ["mobilite", "Mobilités", "MOBILITÉ"])
def test_accents_capitals_and_plurals_find_the_same(sought: str) -> None:
    reading = read("strategy", recherche=sought)
    assert not reading.app.exception
    assert any("theme=mobilite" in address for address in _links(reading, "ledger-search"))


@pytest.mark.parametrize("sought", ["eau", "PAMINA"])
def test_every_result_of_a_search_opens_at_its_place(sought: str) -> None:
    pages = {path: page for page, path in PATHS.items()}
    addresses = _links(read("strategy", recherche=sought), "ledger-search")
    assert addresses
    for address in dict.fromkeys(addresses):
        page, _, query = address.partition("?")
        assert read(pages[page], **dict(parse_qsl(query))).warnings == []


def test_words_that_nothing_has_together_are_each_offered() -> None:
    reading = read("strategy", recherche="mobilité licorne")
    (address,) = _links(reading, "word-by-word")
    assert dict(parse_qsl(address.partition("?")[2]))["recherche"] == "mobilité"


def test_a_result_of_the_arc_jurassien_is_outlined_where_it_stands() -> None:
    reading = read("strategy", partie="territoires", element="ctj-fppt-1")
    (block,) = [body for body in reading.blocks if 'data-testid="ledger-arc"' in body]
    assert findall(r'<span class="found">(.*?)</span>', block) == ["Dotation du fonds, en euros"]
    assert "1.3 Améliorer les conditions cadres" in plain(block)
    assert "Taille des projets soutenus : < 35000€" in plain(block)


def test_a_word_nobody_wrote_is_answered_with_advice() -> None:
    reading = read("strategy", recherche="licorne")
    assert not reading.app.exception
    assert plain(reading.title) == "« licorne » : 0 résultats"
    assert [item.value for item in reading.app.info]


def test_markup_in_a_search_is_shown_and_not_obeyed() -> None:
    reading = read("strategy", recherche="<b>gras</b>")
    assert not reading.app.exception
    assert not [body for body in reading.blocks if "<b>gras</b>" in body]


# --- a theme, an idea: Rencontres --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_theme_has_a_page(language: str) -> None:
    themes = strategy.chain().frame.drop_duplicates("theme_id").set_index("theme_id")[f"theme_{language}"]
    assert len(themes) == 15
    for theme, label in themes.items():
        reading = read("meetings", vue="theme", theme=str(theme), lang=language)
        assert not reading.app.exception, theme
        assert reading.warnings == [], theme
        assert plain(reading.title).startswith(plain(label)), theme
        assert "{" not in reading.text, theme
        assert " nan " not in reading.text, theme


def test_a_theme_that_is_only_above_an_idea_names_the_wider_one_that_was_voted_on() -> None:
    """Citoyenneté (line 398) has no vote; Citoyenneté / Culture has 9 (line 5)."""
    units = read("meetings", vue="theme", theme="citoyennete").block("units")
    assert "« Citoyenneté / Culture » : 9" in units


def test_all_the_themes_are_offered() -> None:
    (box,) = [item for item in read("meetings", vue="theme").app.selectbox if item.key == "widget:theme"]
    assert len(box.options) == strategy.chain().frame["theme_id"].nunique()


def test_the_page_of_mobilite_keeps_its_three_units_apart() -> None:
    """Seed 003: 8 votes; local priority of nine; nine expected in five, which are not said."""
    units = read("meetings", vue="theme", theme="mobilite").block("units")
    assert units.split()[:2] == ["8", "votes"]
    assert "9 sur 9" in units
    assert "5 sur 9" in units
    assert units.count("les neuf territoires") == units.count("territoires non précisés") == 1
    assert "%" not in units


def test_a_theme_counted_under_a_wider_name_says_so_and_adds_nothing() -> None:
    """Gouvernance has 8 votes; nine territories name Gouvernance / Obstacles / Stratégie."""
    units = read("meetings", vue="theme", theme="gouvernance").block("units")
    assert units.split()[:2] == ["8", "votes"]
    assert "Gouvernance / Obstacles / Stratégie » : 9" in units
    assert units.count("pas de compte sous ce nom") == 2


def test_an_idea_lights_the_territories_printed_under_it() -> None:
    """Seed 003, Formation: Pyrénées Centre et Est, Ardennes, Rhin Supérieur, Genevois-Alpes du Nord."""
    ideas = strategy.ideas().frame.set_index("theme_id")["idea_id"]
    reading = read("meetings", vue="idees", idee=ideas["formation"])
    assert reading.title.startswith("Formation")
    assert reading.says("une idée commune à 4 territoires sur 9")
    (drawn,) = reading.app.get("bidi_component")
    lit = [
        trace["locations"]
        for trace in loads(loads(drawn.proto.json)["figure"])["data"]
        if "concerné par l’idée" in "".join(trace.get("text", []))
    ]
    assert sorted(lit[0]) == [
        "RT-ARDENNES",
        "RT-GENEVOIS-ALPES-DU-NORD",
        "RT-PYRENEES-EST-CENTRE",
        "RT-RHIN-SUPERIEUR",
    ]
    assert reading.block("suggestions").count("ligne ") == 3  # one reminder, two suggestions


def test_a_theme_without_indicator_says_so_and_one_with_links_to_its_place() -> None:
    chain = strategy.chain().frame
    without = chain.loc[chain["is_without_indicator"], "theme_id"].iloc[0]
    assert "aucun indicateur disponible" in read("meetings", vue="theme", theme=without).block("indicators")
    with_one = chain.loc[chain["indicator_id"].notna(), "theme_id"].iloc[0]
    addresses = _links(read("meetings", vue="theme", theme=with_one), "indicators")
    known = {item.indicator_id for item in catalogue.indicators()}
    for address in addresses:
        query = dict(part.split("=") for part in address.split("?")[1].split("&"))
        assert query.get("indicateur", next(iter(known))) in known


def test_the_file_for_a_coming_meeting_is_offered_and_nothing_is_compared_with_itself() -> None:
    """One campaign of Hauts-de-France has an account."""
    reading = read("meetings")
    assert speak("fr")("meetings.template") in [
        item.proto.label for item in reading.app.get("download_button")
    ]
    assert not reading.says(speak("fr")("meetings.campaigns"))


def test_two_campaigns_of_a_territory_stand_beside_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    held = meetings.campaigns("RT-HAUTS-DE-FRANCE")
    later = held.frame.assign(
        year=2023, meeting_id="2023-hauts-de-france", votes=held.frame["votes"] + 2, change=2, since=2021
    )
    both = held.with_frame(pandas.concat([held.frame, later], ignore_index=True))
    monkeypatch.setattr(meetings, "campaigns", lambda area_id: both)
    reading = Reading("meetings")
    assert reading.says(speak("fr")("meetings.campaigns"))
    table = reading.unfold("rencontres-campagnes")
    assert len(table) == 18
    assert set(table["since"]) == {"–", "2021"}
