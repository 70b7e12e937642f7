"""Every page, run as Streamlit runs them, with figures checked by hand in the providers' files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from re import findall

import pytest

from pages.components.words import speak
from tests.etl.small_world import MEMBERSHIP, RATE_TOML, RATE_TSV, TERRITORIES, small_world
from tests.pages.reading import PATHS, Reading, plain, read
from warehouse import store
from warehouse.fetch_log import FAILED, Attempt, line_of
from warehouse.queries import catalogue
from warehouse.result import LANGUAGES

on_real_figures = pytest.mark.usefixtures("warehouse")


# --- every page, every language ---------------------------------------------------------------------


@on_real_figures
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PATHS)
def test_every_page_opens_in_every_language_and_in_large_type(page: str, language: str) -> None:
    reading = read(page, lang=language, taille="grande")
    assert not reading.app.exception
    assert not reading.app.error
    assert reading.warnings == []
    assert reading.title
    assert (reading.query["lang"], reading.query["taille"]) == (language, "grande")


@on_real_figures
@pytest.mark.parametrize("page", PATHS)
def test_a_page_says_other_words_in_another_language(page: str) -> None:
    titles = {language: read(page, lang=language).title for language in LANGUAGES}
    assert len(set(titles.values())) == len(LANGUAGES), titles


@on_real_figures
@pytest.mark.parametrize(
    "territory_id", ["FRE1", "FRE11", "BE32", "BE328", "ZE3216", "FR", "BE", "RT-ARDENNES"]
)
@pytest.mark.parametrize("page", ["home", "employment"])
def test_a_page_opens_for_every_kind_of_territory(page: str, territory_id: str) -> None:
    reading = read(page, territoire=territory_id)
    assert not reading.app.exception
    assert reading.query["territoire"] == territory_id


@on_real_figures
@pytest.mark.parametrize("page", PATHS)
def test_no_page_shows_a_hole_in_its_sentences(page: str) -> None:
    text = read(page).text
    for hole in ("{", "}", " nan ", " None ", "NaT", " ()"):
        assert hole not in text.replace("None?", ""), hole


# --- bad addresses ----------------------------------------------------------------------------------


@on_real_figures
@pytest.mark.parametrize(
    ("page", "name", "value", "default"),
    [
        ("home", "territoire", "ATLANTIS", "INTERREG-FWV"),
        ("home", "annee", "1066", "derniere"),
        ("home", "taille", "enorme", "normale"),
        ("employment", "indicateur", "bonheur", "unemployment_rate_15_74"),
        ("meetings", "vue", "podium", "votes"),
        ("meetings", "theme", "licornes", "tous"),
        ("strategy", "partie", "poesie", "chaine"),
        ("strategy", "theme", "licornes", "tous"),
        ("method", "territoire", "ATLANTIS", "INTERREG-FWV"),
        ("method", "voisin", "PL", "tous"),
        ("method", "maille", "quartier", "fin"),
    ],
)
def test_a_value_that_does_not_exist_is_said_and_the_default_shown(
    page: str, name: str, value: str, default: str
) -> None:
    reading = read(page, **{name: value})
    assert not reading.app.exception
    assert reading.warnings == [speak("fr")("url.invalid", name=name, value=value)]
    assert reading.query[name] == default


@on_real_figures
def test_a_language_nobody_speaks_here_is_said_in_french() -> None:
    reading = read("home", lang="xx")
    assert reading.warnings == [speak("fr")("url.invalid", name="lang", value="xx")]
    assert reading.query["lang"] == "fr"


# --- nothing to show --------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PATHS)
def test_without_a_build_a_page_says_in_french_what_to_run(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBSERVATORY_DATA", str(tmp_path))
    reading = Reading(page)
    assert not reading.app.exception
    assert [item.value for item in reading.app.error] == [speak("fr")("build.missing")]
    assert [item.value for item in reading.app.code] == ["python -m etl build"]


@on_real_figures
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_territory_without_a_figure_is_named_and_advice_given(language: str) -> None:
    """Insee measures no Belgian territory, and the transcribed rates leave the Marne out."""
    reading = read(
        "employment", territoire="BE32", indicateur="unemployment_rate_localised_zone", lang=language
    )
    alone = read("employment", territoire="FRF23", indicateur="unemployment_rate_localised", lang=language)
    for shown in (reading, alone):
        assert not shown.app.exception
    (said,) = [item.value for item in alone.app.info]
    words = speak(language)
    assert words("empty.choose_territory") in said
    assert "Marne" in said


@on_real_figures
def test_a_year_before_the_series_says_when_it_starts() -> None:
    """tgs00010 starts in 2014."""
    reading = read("employment", annee="2005", indicateur="unemployment_rate_15_74")
    assert not reading.app.exception
    (said,) = [item.value for item in reading.app.info]
    assert "2005" in said
    assert "2014" in said


@on_real_figures
def test_the_card_before_every_series_says_why_and_shows_no_number() -> None:
    card = read("home", annee="1999").block("key-figures")
    words = speak("fr")
    assert words("state.not_observed") in card
    assert "hab." not in card


# --- Accueil ----------------------------------------------------------------------------------------


@on_real_figures
def test_accueil_shows_the_figures_of_both_sides() -> None:
    """demo_r_pjanaggr3.tsv 2025: FRE + FRF21 + FRF23 = 6 796 189 (lines 22371, 22384, 22386), six Belgian
    members = 4 126 516 (lines 21499, 21500, 21505, 21517, 21537, 21543).
    tgs00010 2025: lines 33, 34, 36 and 9 to 16.
    """
    card = read("home").block("key-figures")
    assert "6,80 M hab. côté français · 2025 ᵖ" in card
    assert "4,13 M hab. côté belge · 2025" in card
    assert "7,0–9,0 % côté français · 2025 ᵈ · 3 régions" in card
    assert "3,0–9,0 % côté belge · 2025 · 5 régions" in card
    # nama_10r_3gdp 2021: 200 901.53 M€ / 6 829 443; fiscal income 2013: 65 602 374 585.96 € / 2 218 997
    assert "29 417 €/hab. côté français · 2021" in card
    assert "29 564 €" in card


@on_real_figures
def test_accueil_says_who_measures_each_figure() -> None:
    reading = read("home")
    card, sources = reading.block("key-figures"), reading.block("source-line")
    for name in ("demo_r_pjanaggr3", "tgs00010", "nama_10r_3gdp", "chomage_dep"):
        assert name in card
        assert name in sources
    assert "CC BY 4.0" in sources


@on_real_figures
def test_accueil_never_shows_a_mean_of_rates() -> None:
    """The mean of 9.0, 7.5 and 7.0 would read 7,8 %; a note says that there is no rate of the whole."""
    card = read("home").block("key-figures")
    assert "7,8 %" not in card
    assert speak("fr")("figure.no_area_rate") in card


# --- Emploi -----------------------------------------------------------------------------------------


@on_real_figures
def test_emploi_shows_the_rates_of_2025_on_both_sides() -> None:
    """tgs00010 lines 33, 13 and 11, last column: FRE1 9.0 d, BE32 9.0, BE25 3.0."""
    reading = Reading("employment")
    table = reading.unfold("emploi-unemployment_rate_15_74")
    now = table[table["period"] == "2025"].set_index("territory_id")["value"]
    assert (now["FRE1"], now["BE32"], now["BE25"]) == (9.0, 9.0, 3.0)
    assert reading.says("de 3,0 % (Flandre-Occidentale) à 9,0 % (Hainaut et Nord-Pas-de-Calais)")
    assert reading.says("De 7,0 à 9,0 % côté français")
    assert reading.says("De 3,0 à 9,0 % côté belge")


@on_real_figures
def test_emploi_shows_gdp_per_inhabitant_by_department_and_arrondissement() -> None:
    """nama_10r_3gdp_linear.csv.gz, EUR_HAB 2021: FRE11 (line 18887), BE234 (1564), FRF23 (19173)."""
    reading = Reading("employment", indicateur="gdp_per_inhabitant")
    table = reading.unfold("emploi-gdp_per_inhabitant")
    now = table[table["period"] == "2021"].set_index("territory_id")["value"]
    assert (now["FRE11"], now["BE234"], now["FRF23"]) == (32800, 53400, 35100)
    assert reading.says("53 400 €/hab. (Gand)")
    assert reading.says("35 100 €/hab. côté français (7 territoires)")
    assert reading.says(catalogue.caveats(["commuter_caveat"])[0].text.fr)


@on_real_figures
def test_a_table_nobody_unfolds_is_not_sent() -> None:
    reading = Reading("employment")
    assert len(reading.app.dataframe) == 0
    assert len(reading.unfold("emploi-unemployment_rate_15_74")) == 8 * 12  # 3 + 5 regions, 2014 to 2025


@on_real_figures
def test_emploi_freezes_the_year_in_the_link_it_gives() -> None:
    (link,) = [item.value for item in read("employment").app.code]
    assert "annee=2025" in link
    assert "indicateur=unemployment_rate_15_74" in link
    assert "territoire=INTERREG-FWV" in link


# --- Rencontres -------------------------------------------------------------------------------------


@on_real_figures
def test_rencontres_shows_the_nine_themes_and_their_votes() -> None:
    """Account of 2021, lines 5 to 15: 9, 5, 8, 8 then 7, 6, 4, 4, 1; 52 votes for 35 participants."""
    reading = read("meetings")
    bars = reading.block("bars-votes")
    expected = (
        "Niveau 1 Citoyenneté / Culture 9 Services publics 5 Gouvernance 8 Mobilité 8 "
        "Niveau 2 Ressources / Biens communs 7 Ingénierie 6 Obstacles 4 Observation 4 Emploi / insertion 1"
    )
    assert bars.split() == expected.split()
    assert reading.says("52 votes pour 35 participants")
    assert reading.says("la MOT est particulièrement attendue sur 3 thèmes")  # line 2
    assert reading.title.startswith("Citoyenneté / Culture")


@on_real_figures
def test_rencontres_counts_the_participants_of_the_nine_territories() -> None:
    """Lines 223 and 256: 94 in 2020, 195 in 2021; Pyrénées Ouest 2020 is our subtraction."""
    reading = read("meetings", vue="participants")
    table = reading.block("counts-participants")
    assert "Hauts-de-France 10 35 +25" in table
    assert "Arc jurassien 14 14 0" in table
    assert "Pyrénées Ouest 18* 13 −5" in table
    assert table.endswith("Ensemble 94 195 +101 ")
    assert plain(reading.title) == "Rencontres territoriales : 94 participants en 2020, 195 en 2021"
    assert reading.says("94 − 76 = 18")


@on_real_figures
def test_rencontres_says_what_a_chosen_theme_was_about_and_where_it_is_written() -> None:
    """Lines 187 and 189 stand under Emploi / insertion."""
    reading = read("meetings", theme="emploi-insertion")
    assert reading.says("ligne 187")
    assert reading.says("ligne 189")
    assert not reading.says("ligne 125")


@on_real_figures
def test_rencontres_never_says_which_territories_name_a_theme() -> None:
    """Lines 269 to 295: nine of nine, nine, seven, six, six; lines 302 to 326: eight, five, five, three."""
    reading = read("meetings", vue="priorites")
    for scale, expected in (("local_priority", [9, 9, 7, 6, 6]), ("expected_of_mot", [8, 5, 5, 3])):
        bars = reading.block(f"bars-{scale}")
        assert [int(count) for count in findall(r"(\d) sur 9", bars)] == expected
        assert bars.count("territoires non précisés") == len([count for count in expected if count < 9])


@on_real_figures
@pytest.mark.parametrize("shown", ["votes", "participants", "priorites", "idees", "theme"])
def test_every_view_of_rencontres_opens_and_keeps_its_choice(shown: str) -> None:
    reading = read("meetings", vue=shown)
    assert not reading.app.exception
    assert reading.warnings == []
    assert reading.query["vue"] == shown
    assert reading.says("sont trois unités")


# --- Méthode ----------------------------------------------------------------------------------------


@on_real_figures
def test_methode_lists_every_dataset_with_its_licence() -> None:
    shown = read("method").app.dataframe[0].value
    by_name = shown.set_index("Jeu de données")
    sources = catalogue.sources()
    assert set(by_name.index) == {source.dataset_id for source in sources}
    for source in sources:
        assert by_name.loc[source.dataset_id, "Licence"] == source.licence
        assert by_name.loc[source.dataset_id, "Édition"] == source.vintage
    # demo_r_pjanaggr3 (Eurostat, April 2026), tgs00010 (Eurostat, 2026), workbook of Insee
    assert by_name.loc["demo_r_pjanaggr3", "Fournisseur"] == "Eurostat"
    assert by_name.loc["tgs00010", "Édition"] == "2026"
    assert by_name.loc["chomage_ze", "Fournisseur"] == "Insee"


@on_real_figures
def test_methode_says_what_is_covered_at_each_border_on_each_side_and_why_not() -> None:
    """tgs00010: 2014 to 2025; chomage-zone-t1-2003-t3-2023.xlsx: 32 zones in the areas that face Belgium."""
    whole = read("method").block("matrix-coverage")
    assert "Emploi et chômage côté français : zone d’emploi 2003–2023 de l’autre côté : province" in whole
    belgium = read("method", domaine="employment", voisin="BE").block("matrix-coverage")
    assert "côté français : 2003–2023 32 sur 32" in belgium
    assert "de l’autre côté : non observé (Insee)" in belgium
    assert "de l’autre côté : 2014–2025 7 sur 7" in belgium


@on_real_figures
def test_the_table_under_the_matrix_is_narrowed_with_it() -> None:
    reading = Reading("method", domaine="employment", voisin="MC", lang="en")
    reading.unfold("methode-couverture")
    shown = reading.app.dataframe[0].value
    assert set(shown["border_label"]) == {"Monaco"}
    assert set(shown["theme_label"]) == {speak("en")("theme.employment")}


@on_real_figures
def test_methode_defines_every_indicator() -> None:
    reading = read("method")
    for item in catalogue.indicators():
        assert reading.says(item.label.fr), item.indicator_id
        assert reading.says(item.description.fr), item.indicator_id


@on_real_figures
def test_methode_says_how_fresh_each_dataset_is_and_what_failed(warehouse: Path) -> None:
    """demo_r_pjanaggr3: edition of April 2026, published every year."""
    failed = Attempt("tgs00010", datetime.now(UTC), FAILED, problem="it answers 503", family="try_again")
    log = warehouse.parent / store.FETCH_LOG
    log.write_text(line_of(failed) + "\n")
    try:
        shown = Reading("method").app.dataframe[1].value.set_index("Jeu de données")
    finally:
        log.unlink()
    assert shown.index[0] == "tgs00010", "what failed comes first"
    assert shown.loc["tgs00010", "État"] == speak("fr")("refresh_state.failed_try_again")
    assert shown.loc["base_flux", "État"] == speak("fr")("refresh_state.by_hand")
    assert shown.loc["chomage_ze", "État"] == speak("fr")("refresh_state.brought")
    assert shown.loc["population_municipality", "État"] == speak("fr")("refresh_state.fetched")
    assert shown.loc["rencontres_votes", "État"] == speak("fr")("refresh_state.transcribed")
    assert shown.loc["demo_r_pjanaggr3", "Prochaine édition attendue"] == "avril 2027"
    assert not any("503" in str(cell) for cell in shown.to_numpy().ravel()), "no English on a French page"


@on_real_figures
def test_methode_names_the_source_of_every_perimeter() -> None:
    text = read("method").app.dataframe[-1].value.astype(str).to_numpy().ravel().tolist()
    assert any("présentation du programme" in cell for cell in text)
    assert len([cell for cell in text if "composé par l’observatoire" in cell]) == 9


# --- a declaration is all it takes ------------------------------------------------------------------


def test_an_indicator_declared_in_one_file_appears_on_emploi(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = small_world(tmp_path)
    # The outline on the map is that of a real perimeter.
    small.territory_table("territory", TERRITORIES.replace("AREA,", "INTERREG-FWV,"))
    small.territory_table("membership", MEMBERSHIP.replace("AREA,", "INTERREG-FWV,"))
    declared = RATE_TOML.replace('id = "rate"', 'id = "vacancy"').replace(
        '[indicator.label]\nfr = "f"', '[indicator.label]\nfr = "Emplois vacants"'
    )
    small.declare("vacancies", declared.replace("rate.tsv", "vacancies.tsv"))
    small.refresh("vacancies", RATE_TSV.replace("8.9", "2.4").encode())
    small.build()
    monkeypatch.setenv("OBSERVATORY_DATA", str(small.data))
    reading = Reading("employment", indicateur="vacancy")
    assert not reading.app.exception
    labels = {box.label: box.options for box in reading.app.selectbox}
    assert "Emplois vacants" in labels[speak("fr")("employment.indicator")]
    assert reading.says("Emplois vacants")
    assert reading.says("2,4 %")


@on_real_figures
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_conditions_of_every_outline_stand_beside_the_sources(language: str) -> None:
    """GISCO and the Swiss office let nobody sell what is drawn with theirs."""
    words, reading = speak(language), read("method", lang=language)
    for outline in ("gisco", "french", "belgian", "swiss"):
        assert reading.says(words(f"method.outline_{outline}"))
    commercial = {"fr": "usage commercial", "nl": "commercieel gebruik", "en": "commercial use"}[language]
    assert commercial in words("method.outline_swiss")
    assert commercial in words("method.outline_gisco")
