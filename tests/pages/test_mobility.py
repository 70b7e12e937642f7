"""Mobilité, view by view, with figures checked by hand in the providers' files."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from etl.build import build
from pages.components import atlas, maps, mobility_figures, mobility_map
from pages.components.basemap import Outline
from pages.components.classes import natural
from pages.components.context import Context
from pages.components.words import speak
from tests.bench.full_scale import declared, write_snapshot
from tests.pages.reading import Reading, plain, read
from warehouse.queries import catalogue, mobility, places
from warehouse.queries.flows import ALL_KINDS

pytestmark = pytest.mark.usefixtures("warehouse")


VIEWS = (*mobility_figures.QUESTIONS, "recensement", "nuitees", "voitures", "rail", "liaisons")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_and_keeps_its_choice(view: str) -> None:
    reading = read("mobility", vue=view)
    assert not reading.app.exception
    assert reading.warnings == []
    assert reading.query["vue"] == view


def test_cars_are_those_of_the_last_year_with_french_regions() -> None:
    """tran_r_vehst, A,CAR,P_THAB: the French regions end in 2016, whatever year is asked for."""
    assert read("mobility", vue="voitures").title.endswith("2016")
    assert read("mobility", vue="voitures", annee="2020").title.endswith("2016")


LANGUAGES = ("fr", "nl", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rail_says_who_counted_when_and_under_which_codes(language: str) -> None:
    """tran_r_rapa, lines 21664 and 3301: 146 567 from Hainaut to Nord-Pas-de-Calais, 8 495 back."""
    own, reading = speak(language), read("mobility", vue="rail", lang=language)
    hainaut = {"nl": "Henegouwen"}.get(language, "Hainaut")
    there, back = own.number(146567), own.number(8495)
    journey = f"{hainaut} → Nord-Pas-de-Calais"
    assert plain(there) in plain(reading.title)
    for expected in (
        f"{journey} {there}",
        own("mobility.rail_counted_by", countries=own.of(places.territory("BE").name)),
        own("mobility.rail_only_year", year="2005"),
        "FR30 → FRE1",
        own("mobility.rail_no_net", there=there, back=back, journey=journey),
        own("mobility.rail_larger"),
    ):
        assert plain(expected) in reading.block("ledger-rail")


def test_the_table_of_rail_has_both_codes_and_the_country_that_counted() -> None:
    table = Reading("mobility", vue="rail").unfold("mobilite-rail")
    first = table.iloc[0]
    assert (first["origin_code"], first["destination_code"]) == ("BE32", "FR30")
    assert (first["value"], first["period"], first["reporter"]) == (146567, "2005", "Belgique")


def test_another_year_of_rail_is_asked_for_and_never_drawn_beside_the_first() -> None:
    """tran_r_rapa: Luxembourg has 2015 too, 1 734 537 to Lorraine (line 21990)."""
    first = read("mobility", vue="rail", territoire="RT-GRANDE-REGION")
    assert first.query["date"] == "2005"
    assert "1 734 537" not in first.block("ledger-rail")
    later = read("mobility", vue="rail", territoire="RT-GRANDE-REGION", date="2015")
    assert "1 734 537" in later.block("ledger-rail")
    assert "993 866" not in later.block("ledger-rail")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_border_without_any_figure_of_rail_says_which_kind_of_nothing(language: str) -> None:
    """Italy reports 2005 and keeps it secret; Monaco is in no link at all."""
    own = speak(language)
    reading = read("mobility", vue="rail", lang=language, territoire="RT-SUD-FR-IT-MONACO")
    assert own("mobility.rail_nothing") in [item.value for item in reading.app.info]
    borders = reading.block("ledger-rail")
    assert plain(own("mobility.rail_no_link")) in borders[borders.index("Monaco") :]
    assert f"{own('mobility.rail_confidential')} 2005" in borders


def test_no_rail_before_its_first_year_says_which_year_to_choose() -> None:
    reading = read("mobility", vue="rail", annee="2001")
    assert any("2005" in item.value for item in reading.app.info)


def test_nights_are_told_over_five_years() -> None:
    table = Reading("mobility", vue="nuitees").unfold("mobilite-nuitees")
    assert {"2020", "2024"} <= set(table["period"])
    assert {"FR", "BE"} <= set(table["country"])


@pytest.mark.parametrize("measure", mobility_map.NIGHTS)
def test_the_nights_themselves_stand_beside_their_rate(measure: str) -> None:
    """tour_occ_nin2.tsv, A,FOR,NR,I551-I553 of 2024: 2 370 981 in Nord-Pas-de-Calais, line 2711."""
    table = Reading("mobility", vue="nuitees", mesure=measure).unfold("mobilite-nuitees")
    own = table[table["territory_id"] == "FRE1"].set_index("period")["counted"]
    assert (own["2024"], own["2023"], own["2020"]) == (2370981, 2354710, 969912)


@pytest.mark.parametrize("measure", mobility_map.NIGHTS)
def test_the_nights_themselves_are_said_under_the_pointer(
    measure: str, context: Callable[..., Context]
) -> None:
    own = context("RT-HAUTS-DE-FRANCE")
    shown = atlas.around(own, catalogue.indicator(measure))
    assert shown is not None
    classes = natural(shown.drawn.frame["value"].dropna(), own.palette.sequential, 1)
    figure = maps.choropleth(own, shown.drawn, classes, Outline(("FRE",)), [])
    said = [plain(text) for trace in figure.data for text in trace.text or ()]
    (nord,) = [text for text in said if text.strip().startswith("Nord-Pas-de-Calais")]
    assert "Nuitées de visiteurs étrangers : 2,37 M" in nord


def test_distances_name_their_survey_their_population_and_their_publication() -> None:
    """Published figures: Insee Première 2027, 34 km against 14; Grand Est 38 and 15, to Luxembourg 42."""
    ledger = read("mobility", vue="distances").block("ledger-distances")
    census = ledger[: ledger.index("Recensement de 2021, zones d’emploi")]
    workers, others = census.split("Autres actifs occupés")
    assert "Travailleurs frontaliers" in workers
    assert "Insee Première n° 2027 (nov. 2024) 34 km" in workers
    assert "Grand Est → Luxembourg" in workers
    assert "42 km" in workers
    assert "14 km" in others
    assert "34 km" not in others


def test_the_modes_of_the_census_are_said_not_to_be_loaded() -> None:
    reading = read("mobility", vue="recensement")
    assert reading.title.endswith("non chargé")
    assert "fichier détail du recensement" in reading.text


def test_modes_of_a_loaded_census_are_shares_of_those_who_work_in_one_country(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made-up answers: two of Lille, weighing 30 and 10, work in Belgium; a third stays in France."""
    header = "COMMUNE;ARM;DCFLT;DCLT;AGEREVQ;IPONDI;SEXE;TRANS;VOIT"
    people = (
        "59350;ZZZZZ;BE540;99999;25;30;1;5;1",
        "59350;ZZZZZ;BE540;99999;40;10;2;3;0",
        "59350;ZZZZZ;99999;59350;40;500;2;2;0",
    )
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("FD_MOBPRO_2021.csv", "\n".join([header, *people, ""]))
    write_snapshot(tmp_path, declared("mobpro"), file.getvalue())
    build(tmp_path)
    monkeypatch.setenv("OBSERVATORY_DATA", str(tmp_path))
    reading = Reading("mobility", vue="recensement")
    assert not reading.app.exception
    assert "Belgique" in reading.title
    assert "75" in reading.title
    (drawn,) = [body for body in reading.blocks if "bars-modes-recensement" in body]
    said = plain(drawn)
    assert "75 % (30" in said
    assert said.index("75 % (30") < said.index("25 % (10")
    # A bar is as long as its share of a hundred: charts of two countries compare.
    assert "* 0.7500)" in drawn
    assert "* 0.2500)" in drawn


def test_no_chart_shows_two_surveys() -> None:
    reading = read("mobility", vue="modes", presse="oui")
    frame = mobility.figures("modal_share", ALL_KINDS).frame
    # A chart for each survey and population it counts.
    charts = frame.drop_duplicates(["survey_id", "population"])
    (drawn,) = [body for body in reading.blocks if 'data-testid="ledger-modes"' in body]
    assert drawn.count('data-testid="bars-modal_share-') == len(charts)


def test_surveys_of_everybody_come_last_and_say_so() -> None:
    """The federal survey of Belgium counts all workers: 65.6 % alone in a car in 2014."""
    ledger = read("mobility", vue="modes").block("ledger-modes")
    assert ledger.rindex("Travailleurs frontaliers") < ledger.index(
        "Tous les travailleurs, au lieu de travail"
    )
    assert "non des seuls frontaliers" in ledger


def test_figures_read_in_the_press_are_shown_when_asked_for() -> None:
    """Telework is known by the press alone: 3 % of the residents of France several times a week in 2024."""
    without = read("mobility", vue="teletravail")
    assert [item.value for item in without.app.info]
    assert "ledger-teletravail" not in "".join(without.blocks)
    asked = read("mobility", vue="teletravail", presse="oui", territoire="RT-GRANDE-REGION")
    assert "France → Luxembourg 2024" in asked.block("ledger-teletravail")
    assert asked.title.startswith("Part en télétravail plusieurs fois par semaine")


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_a_territory_without_a_survey_of_its_own_is_told_so_in_the_title(language: str) -> None:
    """Modes of those who cross are published for Switzerland, Monaco and Lorraine, not for Belgium."""
    own = speak(language)
    reading = read("mobility", vue="modes", lang=language)
    assert reading.title == own("mobility.only_everybody", territory="Interreg France-Wallonie-Vlaanderen")
    assert own("mobility.elsewhere") in "".join(reading.blocks)
    pyrenees = read("mobility", vue="modes", lang=language, territoire="RT-PYRENEES-OUEST")
    assert pyrenees.title.endswith(own("mobility.none_here", territory=""))
    geneva = read("mobility", vue="modes", lang=language, territoire="RT-GENEVOIS-ALPES-DU-NORD")
    assert own("mobility.elsewhere") not in "".join(geneva.blocks)


def test_lines_of_the_chosen_territory_are_told_as_its_own_and_alone() -> None:
    """Lines 105 and 106: thirteen bus lines at Lille. The ridership of one survey is of all borders."""
    reading = read("mobility", vue="lignes")
    assert "Métropole lilloise et Belgique" in reading.title
    assert "13" in reading.title
    south = read("mobility", vue="lignes", territoire="RT-SUD-FR-IT-MONACO")
    assert "Lille" not in south.title
    assert "Cannes" in south.title


def test_the_surveys_of_the_chosen_territory_come_first() -> None:
    """Census of 2015, Alpes-Maritimes, to Monaco: 26 % by public transport."""
    title = read("mobility", vue="modes", territoire="RT-SUD-FR-IT-MONACO").title
    assert "Alpes-Maritimes → Monaco" in title
    assert "26" in title


def test_nothing_later_than_the_year_chosen_is_told() -> None:
    table = Reading("mobility", vue="modes", annee="2016").unfold("mobilite-modes")
    assert table["period"].max() <= "2016"


def test_the_links_a_meeting_named_are_told_with_their_line() -> None:
    """Account of Hauts-de-France 2021: Lille-Courtrai on line 107, Antwerp on 120, pleasure boats on 161."""
    reading = read("mobility", vue="liaisons")
    links = reading.block("ledger-links")
    assert "Lille – Courtrai à améliorer La ligne qui existe est à améliorer ligne 107" in links
    assert "Port d’Anvers – frontière française à étudier" in links
    assert "ligne 161" in links
    assert links.count("extrémités non précisées") == 4
    assert reading.says("2 lignes ferroviaires seulement")


def test_beside_the_links_stands_what_the_rencontres_asked_for() -> None:
    """8 votes (line 9), 9 territories (275), 5 expect it of the MOT (311), the shared idea (331 to 347)."""
    reading = read("mobility", vue="liaisons")
    units = reading.block("units")
    assert "8 votes niveau 1, rencontre Hauts-de-France 2021" in units
    assert "9 sur 9 territoires qui en font une priorité locale" in units
    assert "5 sur 9 territoires qui y attendent la MOT" in units
    assert "« Grenelle des mobilités »" in reading.block("shared")
    # What the list of links says already is not said twice.
    assert "ligne 107" not in reading.block("objectives")
    assert "ligne 122" in reading.block("objectives")


def test_the_table_of_the_links_says_what_the_list_says() -> None:
    table = Reading("mobility", vue="liaisons").unfold("mobilite-liaisons")
    assert len(table) == 7
    assert list(table["line"]) == [109, 107, 120, 112, 104, 118, 161]
