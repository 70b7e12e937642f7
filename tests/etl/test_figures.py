"""Figures of the warehouse, read by eye in the provider's file: its name and the line beside each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

ONE_FIGURE = """
SELECT value, flag_raw FROM observation
WHERE indicator_id = ? AND territory_id = ? AND period = ? AND sex = ? AND age = '_T' AND other = '_T'
"""

# indicator, territory, period, value, flag, where it was read
FIGURES = [
    # Eurostat, tgs00010, edition 2026 (excerpt of border rows): A,TOTAL,T,Y15-74,PC
    ("unemployment_rate_15_74", "FRE1", "2025", 9.0, "d", "tgs00010 line 33"),
    ("unemployment_rate_15_74", "BE32", "2025", 9.0, "", "tgs00010 line 13"),
    ("unemployment_rate_15_74", "BE25", "2025", 3.0, "", "tgs00010 line 11"),
    ("unemployment_rate_15_74", "BE32", "2021", 10.3, "b", "tgs00010 line 13"),
    # Eurostat, lfst_r_lfu3rt.tsv, edition of April 2014, codes of NUTS 2010: FR30 is FRE1 today, FR21 is FRF2
    ("unemployment_rate_15plus", "FRE1", "2013", 14.7, "", "lfst_r_lfu3rt.tsv line 3932"),
    ("unemployment_rate_15plus", "FRF2", "2004", 9.5, "u", "lfst_r_lfu3rt.tsv line 3925"),
    ("unemployment_rate_15plus", "BE32", "1999", 16.0, "", "lfst_r_lfu3rt.tsv line 3762"),
    ("unemployment_rate_15_24", "FRE1", "1999", 42.4, "", "lfst_r_lfu3rt.tsv line 1130"),
    # Eurostat, nama_10r_3gdp_linear.csv.gz, last update 21/02/23
    ("gdp_per_inhabitant", "FRE11", "2021", 32800, "e", "nama_10r_3gdp_linear.csv.gz line 18887"),
    ("gdp_per_inhabitant", "BE328", "2021", 33700, "p", "nama_10r_3gdp_linear.csv.gz line 1928"),
    ("gdp_per_inhabitant", "LU", "2021", 112800, "", "nama_10r_3gdp_linear.csv.gz line 25841"),
    ("gdp", "BE25", "2021", 52322.6, "p", "nama_10r_3gdp_linear.csv.gz line 73201"),
    ("gdp_per_inhabitant_pps", "BE25", "2021", 39000, "p", "nama_10r_3gdp_linear.csv.gz line 183764"),
    # Eurostat, demo_r_pjanaggr3.tsv, April 2026: A,NR,T,TOTAL
    ("population", "FRE11", "2025", 2613781, "p", "demo_r_pjanaggr3.tsv line 22373"),
    ("population", "BE32", "2025", 1369741, "", "demo_r_pjanaggr3.tsv line 21517"),
    ("population", "BE328", "2016", 223505, "", "demo_r_pjanaggr3.tsv line 21525"),
    # Eurostat, reg_area3.tsv, April 2026
    ("area", "FRE11", "2025", 5750, "", "reg_area3.tsv line 1091"),
    ("area", "BE25", "2025", 3167, "", "reg_area3.tsv line 92"),
    ("area", "BE328", "2021", 715, "", "reg_area3.tsv line 112"),
    # Eurostat, tour_occ_nin2.tsv, April 2026: A,FOR,NR,I551-I553
    ("nights_foreign", "FRF1", "2024", 4855472, "", "tour_occ_nin2.tsv line 2719"),
    ("nights_foreign", "DE13", "2024", 4724357, "", "tour_occ_nin2.tsv line 2017"),
    ("nights_foreign", "CH013", "2023", 2761036, "", "tour_occ_nin2.tsv line 1930"),
    ("nights_foreign", "FRE1", "2020", 969912, "e", "tour_occ_nin2.tsv line 2711"),
    ("nights_foreign", "ES212", "2024", 2327167, "", "tour_occ_nin2.tsv line 2563"),
    ("nights_foreign", "ITC31", "2024", 1585986, "", "tour_occ_nin2.tsv line 2906"),
    # Eurostat, tran_r_vehst.tsv.gz, autumn 2023: 2016 is the last year of the French regions
    ("cars_per_1000", "FRF1", "2016", 597, "", "tran_r_vehst.tsv.gz line 1167"),
    ("cars_per_1000", "DE13", "2008", 510, "b", "tran_r_vehst.tsv.gz line 1038"),
    ("cars_per_1000", "CH03", "2021", 526, "", "tran_r_vehst.tsv.gz line 1016"),
    # Eurostat, estat_hlth_rs_physreg.tsv.gz, autumn 2023
    ("doctors_per_100000", "FRK2", "2021", 327.11, "", "estat_hlth_rs_physreg.tsv.gz line 687"),
    ("doctors_per_100000", "CH01", "2021", 503.75, "", "estat_hlth_rs_physreg.tsv.gz line 600"),
    ("doctors_per_100000", "ES51", "2021", 423.18, "e", "estat_hlth_rs_physreg.tsv.gz line 653"),
    # Eurostat, edat_lfse_22_tabular.tsv.gz, autumn 2023
    ("neet_rate_15_24", "FRL0", "2022", 11.6, "", "edat_lfse_22_tabular.tsv.gz line 3232"),
    ("neet_rate_15_24", "ITC3", "2021", 17.1, "b", "edat_lfse_22_tabular.tsv.gz line 3274"),
    # Eurostat, labour force survey of March 2017, codes of NUTS 2013: FR41 is FRF3 today, FR42 is FRF1
    ("employed_15plus", "FRF3", "2015", 904.7, "", "lfst_r_lfe2emp.tsv.gz line 14939"),
    ("employed_15plus", "LU00", "2015", 257.5, "b", "lfst_r_lfe2emp.tsv.gz line 15022"),
    ("unemployed_15plus", "FRF1", "2015", 82.9, "", "lfst_r_lfu3pers.tsv.gz line 4138"),
    ("unemployed_15plus", "DEC0", "2015", 27.3, "", "lfst_r_lfu3pers.tsv.gz line 4033"),
    # Eurostat, Eurostat Demo D3Dens.tsv.gz, autumn 2023
    ("population_density_land", "LU000", "2022", 247.5, "", "Eurostat Demo D3Dens.tsv.gz line 1280"),
    ("population_density_land", "ES512", "2022", 131.5, "", "Eurostat Demo D3Dens.tsv.gz line 829"),
    # The border regions of the other neighbours, in the files above
    ("population", "CH013", "2025", 531102, "", "demo_r_pjanaggr3.tsv line 21589"),
    ("population", "DE139", "2023", 235252, "b", "demo_r_pjanaggr3.tsv line 21685"),
    ("population", "ITC31", "2025", 209348, "", "demo_r_pjanaggr3.tsv line 22588"),
    ("gdp_per_inhabitant", "ES212", "2020", 30400, "p", "nama_10r_3gdp_linear.csv.gz line 15877"),
    ("gdp_per_inhabitant", "DE132", "2019", 31200, "e", "nama_10r_3gdp_linear.csv.gz line 4540"),
    ("area", "CH025", "2025", 839, "", "reg_area3.tsv line 182"),
    ("unemployment_rate_15_74", "CH01", "2025", 7.8, "", "tgs00010 line 17"),
    ("unemployment_rate_15_74", "ES21", "2025", 7.3, "d", "tgs00010 line 28"),
    # Insee, chomage-zone-t1-2003-t3-2023.xlsx, sheet txcho_ze: Lille, Maubeuge
    ("unemployment_rate_localised_zone", "ZE3216", "2023-Q3", 7.2, "", "txcho_ze, last column"),
    ("unemployment_rate_localised_zone", "ZE3216", "2003-Q1", 8.7, "", "txcho_ze, first quarter"),
    ("unemployment_rate_localised_zone", "ZE3217", "2023-Q3", 12.4, "", "txcho_ze, last column"),
    ("unemployment_rate_localised_zone", "ZE8416", "2023-Q3", 6.5, "", "txcho_ze row 264, last column"),
    ("unemployment_rate_localised_zone", "ZE7503", "2023-Q3", 6.0, "", "txcho_ze row 194, last column"),
    # Insee, annual rates by department, transcribed: Nord, Ardennes, Pas-de-Calais
    ("unemployment_rate_localised", "FRE11", "2025", 10.0, "", "chomage_localise_dep line 155"),
    ("unemployment_rate_localised", "FRF21", "2015", 12.5, "", "chomage_localise_dep line 57"),
    ("unemployment_rate_localised", "FRE12", "2025", 8.7, "", "chomage_localise_dep line 166"),
    # Statbel, population by municipality: Mouscron under its code before 2019 and after, Tournai
    ("population_municipality", "NIS57096", "2010", 54651, "", "population_BE_2010.csv line 382"),
    ("population_municipality", "NIS57096", "2023", 59563, "", "population_BE_2023.csv line 406"),
    ("population_municipality", "NIS57081", "2025", 68991, "", "population.csv line 354"),
    # Statbel, local units in the fourth quarter, be.STAT in Dutch: Moeskroen, Kortrijk, Aarlen
    ("local_units", "NIS57096", "2023-Q4", 4983, "", "vestigingseenheden.json line 22113"),
    ("local_units", "NIS34022", "2018-Q4", 10635, "", "vestigingseenheden.json line 8801"),
    ("local_units", "NIS81001", "2023-Q4", 2253, "", "vestigingseenheden.json line 27153"),
    # Statbel, population_density.csv, 1 January 2025
    ("area_municipality", "NIS57096", "2025", 40.623395, "", "population_density.csv line 358"),
    ("population_density_municipality", "NIS57096", "2025", 1484.4648, "", "population_density.csv line 358"),
    # OFS, staf_communes_ch_1996_2014.csv: Genève, Bâle
    ("cross_border_workers_entering", "BFS6621", "2014", 28348, "", "staf_communes_ch line 8154"),
    ("cross_border_workers_entering", "BFS2701", "1996", 26490, "", "staf_communes_ch line 1589"),
    # Statbel, TF_PSNL_INC_TAX_MUNTY, income year 2013: Mouscron (54007 then), Tournai, Kortrijk
    ("fiscal_income", "NIS57096", "2013", 801950137.52, "", "TF_PSNL_INC_TAX_MUNTY.txt line 3115"),
    ("fiscal_declarations", "NIS57081", "2013", 40519, "", "TF_PSNL_INC_TAX_MUNTY.txt line 3385"),
    ("fiscal_residents", "NIS34022", "2013", 75128, "", "TF_PSNL_INC_TAX_MUNTY.txt line 1882"),
]

# By hand, from the same lines: 2 613 781 / 5 750, 4 724 357 / 2 320 772, 801 950 137.52 / 31 004,
# 1 344 225 300.70 / 75 128.
COMPUTED = [
    ("population_density", "FRE11", "2025", 454.57, 0.01),
    ("nights_foreign_per_inhabitant", "DE13", "2024", 2.036, 0.001),
    ("fiscal_income_per_declaration", "NIS57096", "2013", 25866.02, 0.01),
    ("fiscal_income_per_inhabitant", "NIS34022", "2013", 17892.47, 0.01),
]


@pytest.fixture(scope="module")
def figures(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(warehouse, read_only=True) as connection:
        yield connection


@pytest.mark.parametrize(
    ("indicator", "territory", "period", "value", "flag", "read_in"),
    FIGURES,
    ids=lambda part: part if isinstance(part, str) else None,
)
def test_a_figure_is_the_one_printed_by_the_provider(
    figures: duckdb.DuckDBPyConnection,
    indicator: str,
    territory: str,
    period: str,
    value: float,
    flag: str,
    read_in: str,
) -> None:
    found = figures.execute(ONE_FIGURE, [indicator, territory, period, "_T"]).fetchall()
    assert found == [(pytest.approx(value, rel=1e-12), flag)], read_in


@pytest.mark.parametrize(("indicator", "territory", "period", "value", "within"), COMPUTED)
def test_a_computed_rate_is_the_quotient_of_what_was_printed(
    figures: duckdb.DuckDBPyConnection,
    indicator: str,
    territory: str,
    period: str,
    value: float,
    within: float,
) -> None:
    found = figures.execute(ONE_FIGURE, [indicator, territory, period, "_T"]).fetchall()
    assert [row[0] for row in found] == [pytest.approx(value, abs=within)]


def test_women_and_men_keep_their_own_rate(figures: duckdb.DuckDBPyConnection) -> None:
    """lfst_r_lfu3rt.tsv lines 2998 (Y_GE15,F,FR30: 14.2 in 2013) and 2991 (Y_GE15,F,FR21: 10.8)."""
    found = [
        figures.execute(ONE_FIGURE, ["unemployment_rate_15plus", territory, "2013", "F"]).fetchall()
        for territory in ("FRE1", "FRF2")
    ]
    assert found == [[(14.2, "")], [(10.8, "")]]


def test_a_missing_rate_is_null_and_says_why(figures: duckdb.DuckDBPyConnection) -> None:
    """lfst_r_lfu3rt.tsv line 26: Y15-24,F,BE32 is `: u` in 2003."""
    found = figures.execute(ONE_FIGURE, ["unemployment_rate_15_24", "BE32", "2003", "F"]).fetchall()
    assert found == [(None, "u")]


def test_series_of_different_ages_are_never_one(figures: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT max(period), min(period) FROM observation WHERE indicator_id = ?"
    assert figures.execute(query, ["unemployment_rate_15plus"]).fetchone() == ("2013", "1999")
    assert figures.execute(query, ["unemployment_rate_15_74"]).fetchone() == ("2025", "2014")


def test_belgian_municipalities_add_up_to_the_kingdom(figures: duckdb.DuckDBPyConnection) -> None:
    """Statbel, population.csv: 565 municipalities on 1 January 2025."""
    counted = figures.execute(
        "SELECT count(*), sum(value) FROM observation "
        "WHERE indicator_id = 'population_municipality' AND period = '2025'"
    ).fetchone()
    assert counted == (565, 11_825_551)
