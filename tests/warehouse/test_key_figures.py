"""The identity card, checked by hand against the providers' files; each figure names its file and lines.

demo_r_pjanaggr3.tsv and reg_area3.tsv: Eurostat, April 2026. nama_10r_3gdp_linear.csv.gz: Eurostat, 21/02/23.
tgs00010: Eurostat 2026, excerpt of border rows. TF_PSNL_INC_TAX_MUNTY.txt: Statbel, income years 2005-2013.
"""

from __future__ import annotations

from typing import Any

import pandas
import pytest

from tests.warehouse.small_database import SmallDatabase
from warehouse.queries import key_figures, places
from warehouse.queries.key_figures import Card

on_real_figures = pytest.mark.usefixtures("warehouse")

UNEMPLOYMENT = "unemployment_rate_15_74"
LOCALISED = "unemployment_rate_localised"
INCOME = "fiscal_income_per_declaration"


def _card(territory_id: str, until: str | None = None) -> Card:
    return key_figures.card(places.sides(territory_id), until)


def _figure(card: Card, indicator_id: str, side: str) -> dict[str, Any]:
    frame = card.figures.frame
    (row,) = frame[(frame["indicator_id"] == indicator_id) & (frame["side"] == side)].to_dict("records")
    return {str(name): value for name, value in row.items()}


def _history(card: Card, indicator_id: str, side: str) -> dict[str, float]:
    frame = card.history
    own = frame[(frame["indicator_id"] == indicator_id) & (frame["side"] == side)]
    return dict(zip(own["period"], own["value"], strict=True))


@pytest.fixture(scope="module")
def interreg(warehouse: object) -> Card:
    return _card("INTERREG-FWV")


@pytest.fixture(scope="module")
def hauts_de_france(warehouse: object) -> Card:
    return _card("RT-HAUTS-DE-FRANCE")


def test_the_population_of_a_side_is_that_of_its_members(interreg: Card) -> None:
    french = _figure(interreg, "population", "french")
    assert french["value"] == 5974447 + 262992 + 558750  # FRE, FRF21, FRF23: lines 22371, 22384, 22386
    assert (french["period"], french["status"], french["flag_raw"]) == ("2025", "P", "p")
    other = _figure(interreg, "population", "other")
    # BE234, BE235, BE25, BE32, BE34, BE35: lines 21499, 21500, 21505, 21517, 21537, 21543
    assert other["value"] == 583606 + 128922 + 1234664 + 1369741 + 299812 + 509771
    assert (other["period"], other["status"], other["flag_raw"]) == ("2025", "A", "")
    assert french["computed"]
    assert other["computed"]


def test_the_density_of_a_side_is_its_people_over_its_land(interreg: Card) -> None:
    french = _figure(interreg, "population_density", "french")
    # reg_area3.tsv lines 1089, 1102, 1104: 31 949, 5 245 and 8 190 km²
    assert french["value"] == pytest.approx(6796189 / (31949 + 5245 + 8190), rel=1e-9)
    other = _figure(interreg, "population_density", "other")
    # lines 86, 87, 92, 104, 124, 130
    assert other["value"] == pytest.approx(4126516 / (950 + 423 + 3167 + 3814 + 4461 + 3676), rel=1e-9)
    assert other["computed"]


def test_gdp_per_inhabitant_of_a_side_is_its_gdp_over_its_people(interreg: Card) -> None:
    french = _figure(interreg, "gdp_per_inhabitant", "french")
    # MIO_EUR 2021, lines 90724, 91010, 91054; population 2021, lines 22371, 22384, 22386
    millions, people = 174335.9 + 6595.78 + 19969.85, 5995292 + 268859 + 565292
    assert french["value"] == pytest.approx(1e6 * millions / people, rel=1e-9)
    assert round(french["value"]) == 29417
    assert french["period"] == "2021"
    other = _figure(interreg, "gdp_per_inhabitant", "other")
    # MIO_EUR 2021, lines 73087, 73106, 73201, 73429, 73639, 73753
    millions = 30326.13 + 3780.21 + 52322.6 + 36939.7 + 7886.71 + 14697.44
    people = 565571 + 125095 + 1205101 + 1349861 + 291730 + 500489
    assert other["value"] == pytest.approx(1e6 * millions / people, rel=1e-9)
    assert (other["period"], other["flag_raw"]) == ("2021", "p")


def test_income_per_declaration_is_the_sum_of_all_municipalities(
    interreg: Card, hauts_de_france: Card
) -> None:
    """MS_TOT_NET_TAXABLE_INC over MS_NBR_NON_ZERO_INC, 2013, summed over the lines of the file.

    246 municipalities: codes in 3…, 5…, 8…, 9…, 44… and 45…, without Moerbeke (44045), which joined Lokeren
    in the arrondissement of Sint-Niklaas in 2025.
    """
    figure = _figure(interreg, INCOME, "other")
    assert figure["value"] == pytest.approx(65_602_374_585.96 / 2_218_997, rel=1e-9)
    assert (figure["period"], figure["computed"]) == ("2013", True)
    # 133 municipalities: codes in 3… and 5…
    figure = _figure(hauts_de_france, INCOME, "other")
    assert figure["value"] == pytest.approx(40_748_758_033.92 / 1_425_538, rel=1e-9)


def test_a_rate_without_its_parts_is_a_range_of_regions_and_never_a_mean(interreg: Card) -> None:
    french = _figure(interreg, UNEMPLOYMENT, "french")
    assert (french["form"], french["period"], french["level"]) == ("range", "2025", "nuts2")
    # tgs00010 lines 36, 34 and 33: FRF2 7.0, FRE2 7.5, FRE1 9.0, all `d`
    assert (french["low"], french["low_id"], french["high"], french["high_id"]) == (7.0, "FRF2", 9.0, "FRE1")
    assert (french["regions"], french["flag_raw"]) == (3, "d")
    assert pandas.isna(french["value"])
    other = _figure(interreg, UNEMPLOYMENT, "other")
    # lines 9, 11, 13, 15, 16: BE23 4.2, BE25 3.0, BE32 9.0, BE34 6.7, BE35 7.7
    assert (other["low"], other["low_id"], other["high"], other["high_id"]) == (3.0, "BE25", 9.0, "BE32")
    assert other["regions"] == 5
    assert pandas.isna(other["value"])
    assert _history(interreg, UNEMPLOYMENT, "other") == {}


def test_a_range_says_when_a_region_is_larger_than_the_perimeter(
    interreg: Card, hauts_de_france: Card
) -> None:
    """FRF2 holds four departments of which two are in the programme; FRE1 and FRE2 lie wholly in FRE."""
    assert _figure(interreg, UNEMPLOYMENT, "french")["larger"]
    assert not _figure(hauts_de_france, UNEMPLOYMENT, "french")["larger"]


def test_the_departments_of_insee_give_the_french_range_alone(interreg: Card) -> None:
    """chomage_localise_dep, 2025: Aisne 10.4 (line 23), Ardennes 9.8 (67), Nord 10 (155), Somme 8.5 (254)."""
    french = _figure(interreg, LOCALISED, "french")
    assert (french["low"], french["low_id"], french["high"], french["high_id"]) == (
        8.5,
        "FRE23",
        10.4,
        "FRE21",
    )
    assert french["level"] == "nuts3"
    other = _figure(interreg, LOCALISED, "other")
    assert (other["form"], other["reason"]) == ("none", "not_observed")


def test_the_published_figure_of_a_lone_member_wins_over_our_sum(hauts_de_france: Card) -> None:
    """nama_10r_3gdp_linear.csv.gz line 18843: EUR_HAB, FRE, 2021, 28900; GDP over people would be 29 079."""
    figure = _figure(hauts_de_france, "gdp_per_inhabitant", "french")
    assert (figure["value"], figure["computed"], figure["flag_raw"]) == (28900.0, False, "p")
    assert _figure(hauts_de_france, "population", "french")["value"] == 5974447  # line 22371


def test_hauts_de_france_faces_two_belgian_provinces(hauts_de_france: Card) -> None:
    assert _figure(hauts_de_france, "population", "other")["value"] == 1234664 + 1369741  # lines 21505, 21517
    density = _figure(hauts_de_france, "population_density", "other")["value"]
    assert density == pytest.approx((1234664 + 1369741) / (3167 + 3814), rel=1e-9)
    gdp = _figure(hauts_de_france, "gdp_per_inhabitant", "other")["value"]
    assert gdp == pytest.approx(1e6 * (52322.6 + 36939.7) / (1205101 + 1349861), rel=1e-9)
    low_high = _figure(hauts_de_france, UNEMPLOYMENT, "french")
    assert (low_high["low"], low_high["high"], low_high["regions"]) == (7.5, 9.0, 2)  # lines 34 and 33


@on_real_figures
def test_a_lone_region_shows_its_own_rate() -> None:
    """tgs00010 lines 33 and 13, 2025."""
    french = _figure(_card("FRE1"), UNEMPLOYMENT, "french")
    assert (french["form"], french["value"], french["flag_raw"]) == ("value", 9.0, "d")
    belgian = _figure(_card("BE32"), UNEMPLOYMENT, "other")
    assert (belgian["form"], belgian["value"], belgian["computed"]) == ("value", 9.0, False)


@on_real_figures
def test_nothing_later_than_the_year_asked_for_is_used() -> None:
    card = _card("INTERREG-FWV", until="2020")
    # demo_r_pjanaggr3.tsv lines 22371, 22384, 22386, year 2020
    assert _figure(card, "population", "french")["value"] == 5997734 + 269701 + 566659
    assert card.figures.frame["period"].dropna().max() <= "2020"
    assert card.history["period"].max() <= "2020"


@on_real_figures
def test_a_year_before_every_series_leaves_no_figure_and_says_why() -> None:
    frame = _card("INTERREG-FWV", until="1990").figures.frame
    assert set(frame["form"]) == {"none"}
    # Belgian localised unemployment and French fiscal income: no year would help, nobody measures them there.
    assert set(frame["reason"]) == {"later", "not_observed"}


@on_real_figures
def test_a_range_is_never_older_than_regions_a_level_up_would_tell() -> None:
    """Hainaut's seven arrondissements have no GDP per inhabitant from 2009 to 2016: provinces tell 2015."""
    figure = _figure(_card("INTERREG-FWV", until="2015"), "gdp_per_inhabitant", "other")
    assert (figure["form"], figure["period"], figure["level"], figure["regions"]) == (
        "range",
        "2015",
        "nuts2",
        5,
    )


def test_the_trend_is_the_same_sum_in_every_period(interreg: Card) -> None:
    history = _history(interreg, "population", "french")
    assert list(history) == [str(year) for year in range(2016, 2026)]
    assert history["2016"] == 6006870 + 275371 + 570883  # lines 22371, 22384, 22386, first column
    assert history["2025"] == _figure(interreg, "population", "french")["value"]


def test_a_period_in_which_one_member_is_missing_has_no_sum(interreg: Card) -> None:
    """reg_area3.tsv lines 1089 and 104: `: m` for Hauts-de-France in 2017, 3813 for Hainaut in 2018."""
    assert "2017" not in _history(interreg, "population_density", "french")
    assert "2018" in _history(interreg, "population_density", "french")
    assert "2017" in _history(interreg, "population_density", "other")


@on_real_figures
def test_the_municipalities_of_one_country_do_not_stand_for_a_side_of_three() -> None:
    """Fiscal income is known of the Belgian municipalities only; Luxembourg and Germany face Lorraine too."""
    figure = _figure(_card("RT-GRANDE-REGION"), INCOME, "other")
    assert (figure["form"], figure["reason"]) == ("none", "partly_observed")


@on_real_figures
def test_a_territory_that_nothing_faces_says_so() -> None:
    card = _card("FR1")
    frame = card.figures.frame
    assert set(frame[frame["side"] == "other"]["reason"]) == {"no_side"}
    assert _figure(card, "population", "french")["form"] == "value"


def test_the_card_has_five_to_seven_figures_a_side_with_their_sources(interreg: Card) -> None:
    frame = interreg.figures.frame
    per_side = frame.groupby("side").size()
    assert per_side["french"] == per_side["other"] == len(interreg.figures.indicators)
    # The row of cross-border workers is asked of the flows: with it, five to seven rows.
    assert 5 <= len(interreg.figures.indicators) + 1 <= 7
    named = {source.dataset_id for source in interreg.figures.sources}
    assert {item.dataset_id for item in interreg.figures.indicators} == named
    ranks = [item.headline for item in interreg.figures.indicators]
    assert ranks == sorted(rank for rank in ranks if rank is not None)


@pytest.mark.usefixtures("warehouse")
def test_a_municipality_has_its_own_population_beside_that_of_the_regions_facing_it() -> None:
    """population.csv, line 358: 60 304 in Mouscron in 2025. demo_r_pjanaggr3.tsv has no municipality."""
    card = _card("NIS57096")
    own = _figure(card, "population_municipality", "other")
    assert (own["form"], own["value"], own["period"]) == ("value", 60304, "2025")
    assert _history(card, "population_municipality", "other")["2025"] == 60304
    facing = _figure(card, "population", "french")
    assert facing["form"] == "value"
    told = card.figures.frame[card.figures.frame["indicator_id"].str.startswith("population")]
    assert len(told[told["indicator_id"].isin(["population", "population_municipality"])]) == 2
    assert {"demo_r_pjanaggr3", "population_municipality"} <= {
        source.dataset_id for source in card.figures.sources
    }


@pytest.mark.usefixtures("warehouse")
@pytest.mark.parametrize(
    ("commune", "inhabitants"), [("COM59350", 238246), ("COM59183", 86263), ("COM67482", 293771)]
)
def test_a_french_commune_has_its_municipal_population(commune: str, inhabitants: int) -> None:
    """communes.json of the register of 2026: Lille, Dunkerque, Strasbourg, on 1 January 2023."""
    card = _card(commune)
    own = _figure(card, "population_commune", "french")
    assert (own["form"], own["value"], own["period"]) == ("value", inhabitants, "2023")
    assert _figure(card, "population", "other")["form"] == "value"
    caveats = {caveat.caveat_id for caveat in card.figures.caveats}
    assert "population_census" in caveats


@pytest.mark.usefixtures("warehouse")
def test_nothing_stands_in_for_a_population_that_only_begins_later() -> None:
    """demo_r_pjanaggr3 begins in 2016, the municipal registers of Belgium in 2010."""
    assert _figure(_card("BE32", "2012"), "population", "other")["reason"] == "later"


def _planted_card(planted: SmallDatabase) -> Card:
    return key_figures.card(places.sides("AREA"))


def test_the_rate_of_an_area_is_never_the_mean_of_its_members(planted: SmallDatabase) -> None:
    planted.declare("rate")
    planted.observe_all("rate", "2025", {"FRX11": 4.0, "FRX12": 8.0, "BEX1": 3.0, "BEX2": 3.0})
    french = _figure(_planted_card(planted), "rate", "french")
    assert (french["form"], french["low"], french["high"]) == ("range", 4.0, 8.0)
    assert 6.0 not in [value for value in french.values() if isinstance(value, float)]
    # Two members with the same rate are still a range, of one width.
    other = _figure(_planted_card(planted), "rate", "other")
    assert (other["form"], other["low"], other["high"], other["regions"]) == ("range", 3.0, 3.0, 2)


def test_a_rate_is_weighted_by_its_denominator(planted: SmallDatabase) -> None:
    """(10 + 90) / (100 + 300), where the mean of 10 % and 30 % would be 20 %."""
    planted.declare("jobless", kind="count", headline=None)
    planted.declare("workers", kind="count", headline=None)
    planted.declare("rate", "observatoire", numerator_id="jobless", denominator_id="workers", scale=100.0)
    planted.observe_all("jobless", "2025", {"FRX11": 10, "FRX12": 90})
    planted.observe_all("workers", "2025", {"FRX11": 100, "FRX12": 300})
    planted.observe_all("rate", "2025", {"FRX11": 10.0, "FRX12": 30.0})
    french = _figure(_planted_card(planted), "rate", "french")
    assert (french["form"], french["value"], french["computed"]) == ("value", 25.0, True)


def test_a_rate_missing_one_numerator_falls_back_to_the_range(planted: SmallDatabase) -> None:
    planted.declare("jobless", kind="count", headline=None)
    planted.declare("workers", kind="count", headline=None)
    planted.declare("rate", "observatoire", numerator_id="jobless", denominator_id="workers", scale=100.0)
    planted.observe_all("jobless", "2025", {"FRX11": 10})
    planted.observe_all("workers", "2025", {"FRX11": 100, "FRX12": 300})
    planted.observe_all("rate", "2025", {"FRX11": 10.0, "FRX12": 30.0})
    french = _figure(_planted_card(planted), "rate", "french")
    assert (french["form"], french["low"], french["high"]) == ("range", 10.0, 30.0)


def test_a_sum_takes_the_last_period_in_which_every_member_has_a_figure(planted: SmallDatabase) -> None:
    planted.declare("people", kind="count")
    planted.observe_all("people", "2024", {"FRX11": 10, "FRX12": 20})
    planted.observe_all("people", "2025", {"FRX11": 11})
    planted.observe("people", "FRX12", "2025", None)
    french = _figure(_planted_card(planted), "people", "french")
    assert (french["form"], french["value"], french["period"]) == ("value", 30.0, "2024")


def test_a_count_of_some_members_is_not_the_count_of_the_side(planted: SmallDatabase) -> None:
    planted.declare("people", kind="count")
    planted.observe_all("people", "2025", {"FRX11": 11})
    french = _figure(_planted_card(planted), "people", "french")
    assert french["form"] != "value"


def test_a_sum_carries_the_heaviest_status_and_every_letter(planted: SmallDatabase) -> None:
    planted.declare("people", kind="count")
    planted.observe("people", "FRX11", "2025", 10, status="E", flag_raw="e")
    planted.observe("people", "FRX12", "2025", 20, status="P", flag_raw="pe")
    french = _figure(_planted_card(planted), "people", "french")
    assert (french["status"], french["flag_raw"]) == ("P", "ep")


def test_one_estimate_makes_the_whole_sum_an_estimate(planted: SmallDatabase) -> None:
    planted.declare("people", kind="count")
    planted.observe("people", "FRX11", "2025", 10)
    planted.observe("people", "FRX12", "2025", 20, status="E", flag_raw="e")
    french = _figure(_planted_card(planted), "people", "french")
    assert (french["status"], french["flag_raw"]) == ("E", "e")


def test_a_region_without_a_figure_is_told_apart_from_one_nobody_measures(planted: SmallDatabase) -> None:
    planted.declare("rate", provider="france")
    assert _figure(_planted_card(planted), "rate", "french")["reason"] == "not_loaded"
    assert _figure(_planted_card(planted), "rate", "other")["reason"] == "not_observed"


def test_a_range_is_not_blurred_by_the_country_around_it(planted: SmallDatabase) -> None:
    """A newer figure of the whole country does not replace the older ones of the regions themselves."""
    planted.declare("rate")
    planted.observe_all("rate", "2024", {"FRX11": 4.0, "FRX12": 8.0})
    planted.observe_all("rate", "2025", {"FR": 7.0})
    french = _figure(_planted_card(planted), "rate", "french")
    assert (french["form"], french["period"], french["low"], french["high"]) == ("range", "2024", 4.0, 8.0)


def test_the_trend_of_a_census_joins_years_that_compare(planted: SmallDatabase) -> None:
    planted.declare("rate", years_apart=5)
    for year, value in (("2012", 4.0), ("2015", 9.0), ("2018", 5.0), ("2022", 9.5), ("2023", 6.0)):
        planted.observe("rate", "FRX11", year, value)
    card = _card("FRX11")
    assert _history(card, "rate", "french") == {"2012": 4.0, "2018": 5.0, "2023": 6.0}
