"""Flows on a map, against rows of etl/embedded/producers/published_flows.csv; the line of each is named."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from tests.warehouse.planted_flows import plant
from tests.warehouse.small_database import DATABASE, SmallDatabase
from warehouse.queries import flow_map
from warehouse.queries.flow_map import Selection

on_real_figures = pytest.mark.usefixtures("warehouse")

BELGIUM = Selection("BE", "employee_files", "2017", "nuts1")
SWITZERLAND = Selection("CH", "census", "2020", "nuts3")


def pairs(selection: Selection) -> list[tuple[str, str, float]]:
    frame = flow_map.chosen_flows(selection).frame
    return list(zip(frame["origin_id"], frame["destination_id"], frame["value"], strict=True))


@on_real_figures
def test_one_definition_is_shown_in_both_directions() -> None:
    """Lines 337, 114 and 310."""
    assert pairs(BELGIUM) == [("FRE", "BE", 23700), ("BE", "FRE", 10000), ("FRF", "BE", 6900)]
    assert pairs(replace(BELGIUM, direction="out")) == [("FRE", "BE", 23700), ("FRF", "BE", 6900)]
    assert pairs(replace(BELGIUM, direction="in")) == [("BE", "FRE", 10000)]


@on_real_figures
def test_between_takes_both_ways_of_an_origin_and_a_destination() -> None:
    asked = replace(BELGIUM, origin_id="FRE", destination_id="BE")
    assert pairs(asked) == [("FRE", "BE", 23700)]
    assert pairs(replace(asked, direction="between")) == [("FRE", "BE", 23700), ("BE", "FRE", 10000)]


@on_real_figures
def test_a_region_as_origin_takes_the_departments_in_it() -> None:
    """Lines 332 and 334: Haute-Savoie, in Auvergne-Rhône-Alpes, to Geneva and Vaud."""
    found = pairs(replace(SWITZERLAND, origin_id="FRK"))
    assert ("FRK28", "CH013", 82300) in found
    assert ("FRK28", "CH011", 9800) in found
    assert {origin for origin, _, _ in found} == {"FRK28", "FRK21"}


@on_real_figures
def test_what_is_left_out_is_counted() -> None:
    """Six flows add up to 201 200; the census counts 215 200 residents of France who work in Switzerland."""
    everything = flow_map.summary(SWITZERLAND)
    assert (everything.shown_flows, everything.all_flows) == (6, 6)
    assert (everything.shown_workers, everything.all_workers) == (201200, 215200)
    assert everything.share == pytest.approx(93.49, abs=0.01)
    one = flow_map.summary(replace(SWITZERLAND, largest=1))
    assert (one.shown_flows, one.all_flows, one.shown_workers) == (1, 6, 82300)
    above = flow_map.summary(replace(SWITZERLAND, threshold=100_000))
    assert (above.shown_flows, above.shown_workers, above.largest_flow) == (0, 0, 82300)


@on_real_figures
def test_a_place_has_its_totals_and_what_stays_in_it_is_unknown_rather_than_zero() -> None:
    frame = flow_map.totals(SWITZERLAND).frame.set_index("territory_id")
    assert frame.loc["FRK28", "outgoing"] == 82300 + 9800
    assert frame.loc["CH013", "incoming"] == 82300 + 27800
    assert frame["internal"].isna().all()


def test_a_whole_file_is_added_up_at_every_level(planted: SmallDatabase) -> None:
    plant(
        planted,
        "archive",
        [
            ("FRX11", "BEX11", 100.0),
            ("FRX12", "BEX11", 50.0),
            ("FRX11", "BEX21", 7.0),
            ("BEX11", "FRX11", 3.0),
        ],
    )
    finest = Selection("BE", "census@flows", "2020", "nuts3")
    assert pairs(finest)[0] == ("FRX11", "BEX11", 100)
    assert pairs(replace(finest, level="nuts2")) == [
        ("FRX1", "BEX1", 150), ("FRX1", "BEX2", 7), ("BEX1", "FRX1", 3),
    ]  # fmt: skip
    assert pairs(replace(finest, level="country")) == [("FR", "BE", 157), ("BE", "FR", 3)]


def test_what_stays_within_a_place_is_internal_and_crosses_no_border(planted: SmallDatabase) -> None:
    plant(planted, "archive", [("FRX11", "BEX11", 10.0), ("FRX11", "FRX11", 900.0), ("FRX11", "FRX12", 80.0)])
    selection = Selection("BE", "census@flows", "2020", "nuts3")
    assert pairs(selection) == [("FRX11", "BEX11", 10)]
    totals = flow_map.totals(selection).frame.set_index("territory_id")
    assert totals.loc["FRX11", "internal"] == 900
    assert totals.loc["BEX11"].isna()["internal"]
    # One level up, those who go from one department to another stay within the region.
    region = flow_map.totals(replace(selection, level="nuts2")).frame.set_index("territory_id")
    assert region.loc["FRX1", "internal"] == 980


def test_a_published_total_gives_way_to_parts_that_are_most_of_it(planted: SmallDatabase) -> None:
    plant(planted, "published", [("FR", "BE", 100.0), ("FRX11", "BE", 40.0), ("FRX12", "BE", 20.0)])
    selection = Selection("BE", "census", "2020", "nuts3")
    assert pairs(selection) == [("FRX11", "BE", 40), ("FRX12", "BE", 20)]
    assert flow_map.summary(selection).all_workers == 100


def test_a_published_total_stays_where_its_parts_are_less_than_half(planted: SmallDatabase) -> None:
    plant(planted, "published", [("FR", "BE", 100.0), ("FRX11", "BE", 30.0)])
    selection = Selection("BE", "census", "2020", "nuts3")
    assert pairs(selection) == [("FR", "BE", 100)]
    assert flow_map.summary(selection).all_workers == 100


def test_two_published_flows_that_cross_are_never_both_shown(planted: SmallDatabase) -> None:
    """From one region to the country, and from the country to one region: some people are in both."""
    plant(planted, "published", [("FRX1", "BE", 60.0), ("FR", "BEX1", 70.0)])
    selection = Selection("BE", "census", "2020", "nuts2")
    assert len(pairs(selection)) == 1


def test_a_negative_or_missing_count_is_on_no_map(planted: SmallDatabase) -> None:
    plant(planted, "published", [("FRX11", "BE", -5.0), ("FRX12", "BE", None), ("FRX13", "BE", 8.0)])
    assert pairs(Selection("BE", "census", "2020", "nuts3")) == [("FRX13", "BE", 8)]


def test_a_file_by_commune_is_added_up_to_employment_zones(planted: SmallDatabase) -> None:
    """A zone has no department above its communes: only its composition leads to it."""
    with duckdb.connect(planted.folder / DATABASE) as connection:
        for name, level, parent in (
            ("ZE1", "employment_zone", "FRX11"),
            ("COM1", "municipality", "FRX11"),
            ("COM2", "municipality", "FRX12"),
        ):
            connection.execute(
                "INSERT INTO territory BY NAME"
                " SELECT * REPLACE (? AS territory_id, ? AS level, ? AS parent_id)"
                " FROM territory WHERE territory_id = 'FRX11'",
                [name, level, parent],
            )
        connection.execute("INSERT INTO composition VALUES ('ZE1', 'COM1', 'd'), ('ZE1', 'COM2', 'd')")
    plant(planted, "api", [("COM1", "BEX11", 3), ("COM2", "BEX11", 4)])
    assert pairs(Selection("BE", "census@flows", "2020", "employment_zone")) == [("ZE1", "BEX11", 7)]
