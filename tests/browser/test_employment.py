"""Emploi: one indicator across the border on a map, over time, in a table and in files."""

from __future__ import annotations

import csv
from io import StringIO

from playwright.sync_api import Browser

from tests.browser.conftest import OpenPage
from tests.browser.drawn_map import DrawnMap
from tests.browser.reader import new_context, new_reader
from tests.server import Server

LEGEND = '[data-testid="legend"]'
CHART = 1  # the second drawing of the page; the first is the map


def test_another_indicator_and_year_change_title_map_legend_and_address(open_page: OpenPage) -> None:
    """nama_10r_3gdp_linear.csv.gz, EUR_HAB: BE234 53 400 in 2021 (line 1564), the highest of the perimeter.
    tgs00010 starts in 2014.
    """
    reader = open_page("/emploi")
    drawn = DrawnMap(reader)
    before = reader.title, drawn.labels, reader.plain(LEGEND)
    assert "9,0 % (Hainaut et Nord-Pas-de-Calais), 2025" in before[0]

    reader.choose("Indicateur", "PIB par habitant")
    assert reader.query["indicateur"] == "gdp_per_inhabitant"
    assert "53 400 €/hab. (Gand), 2021" in reader.title
    assert drawn.labels["Gand"] == "53 400 ᵖ"
    assert "€/hab." in reader.plain(LEGEND)
    assert drawn.outlined == ["INTERREG-FWV"]
    assert drawn.border_is_over_the_figures

    reader.choose("Année", "2010")
    assert reader.query["annee"] == "2010"
    assert reader.title.endswith(", 2010")
    assert drawn.labels["Gand"] != "53 400 ᵖ"

    reader.choose("Indicateur", "Taux de chômage (15 à 74 ans)")
    said = reader.plain('[data-testid="stAlert"]')
    assert "Aucun chiffre jusqu’en 2010" in said
    assert "2014 – 2025" in said
    assert reader.page.locator(".maplibregl-canvas").count() == 0


def test_the_table_and_both_files_hold_what_the_map_shows(open_page: OpenPage) -> None:
    """tgs00010 lines 33, 13 and 11, last column: FRE1 9.0 d, BE32 9.0, BE25 3.0."""
    reader = open_page("/emploi")
    on_the_map = {name: figure.split()[0] for name, figure in DrawnMap(reader).labels.items()}
    assert reader.page.get_by_test_id("stDataFrame").count() == 0
    headers, *rows = reader.unfold()
    assert headers == ["Territoire", "Code", "Pays", "Période", "Valeur", "Signe"]

    reader.page.get_by_role("button", name="Télécharger").click()
    excel_name, excel = reader.download("CSV pour Excel")
    standard_name, standard = reader.download("CSV standard")
    assert excel_name == "emploi-unemployment_rate_15_74-excel.csv"
    assert standard_name == "emploi-unemployment_rate_15_74.csv"
    assert excel.startswith(b"\xef\xbb\xbf")
    assert not standard.startswith(b"\xef\xbb\xbf")

    french = list(csv.DictReader(StringIO(excel.decode("utf-8-sig")), delimiter=";"))
    plain = list(csv.DictReader(StringIO(standard.decode())))
    assert [row["value"].replace(",", ".") for row in french] == [row["value"] for row in plain]
    written = [[row["name_fr"], row["territory_id"], row["country"], row["period"]] for row in french]
    assert [row[:4] for row in rows] == written[: len(rows)]
    assert [float(row[4]) for row in rows] == [float(row["value"]) for row in plain][: len(rows)]
    assert {row["name_fr"]: row["value"] for row in french if row["period"] == "2025"} == on_the_map
    assert {row["territory_id"]: row["value"] for row in plain if row["period"] == "2025"}.items() >= {
        ("FRE1", "9.0"),
        ("BE32", "9.0"),
        ("BE25", "3.0"),
    }
    assert {(row["unit"], row["licence"], row["provider"]) for row in plain} == {
        ("pour cent", "CC BY 4.0", "Eurostat")
    }


def test_a_break_in_the_series_is_a_break_in_the_line(open_page: OpenPage) -> None:
    """tgs00010, BE32: flag b in 2017 and 2021, so 2014–2016, 2017–2020 and 2021–2025 are three lines."""
    reader = open_page("/emploi")
    traces = reader.page.evaluate(f"window.observed.traces({CHART})")
    hainaut = [trace for trace in traces if trace["text"][0].startswith("<b>Hainaut</b>")]
    assert [trace["text"][0].split("<br>")[1] for trace in hainaut] == ["2014", "2017", "2021"]
    assert [trace["points"] for trace in hainaut] == [3, 4, 5]
    assert "Une rupture de série coupe la ligne." in reader.plain('[data-testid="stMain"]')


def test_a_shared_link_opens_the_same_view_in_a_fresh_browser(
    open_page: OpenPage, browser: Browser, server: Server
) -> None:
    mine = open_page("/emploi?territoire=RT-ARDENNES&indicateur=gdp_per_inhabitant&annee=2019&lang=nl")
    mine.page.get_by_role("button", name="Link", exact=False).click()
    link = mine.page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    assert link.startswith(server.url)

    profile = new_context(browser)
    theirs = new_reader(profile, server.url)
    theirs.open(link.removeprefix(server.url))
    assert theirs.title == mine.title
    assert theirs.language == "nl"
    assert DrawnMap(theirs).labels == DrawnMap(mine).labels
    assert theirs.query.items() >= {
        ("territoire", "RT-ARDENNES"),
        ("indicateur", "gdp_per_inhabitant"),
        ("annee", "2019"),
    }
    profile.close()
