"""Published flows: values, wordings and definitions as printed, and what a bad row is told.

Rows are those of the source table, flows_published.csv.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from etl.errors import WrongRequest
from etl.feeds import flow
from etl.feeds.fed import Fed
from etl.harmonise import Places
from etl.parse import read
from etl.snapshot import open_snapshot
from etl.world import declarations, project_world

WORLD = project_world(Path("no-data-folder"))
DATASET = next(each for each in declarations(WORLD).datasets if each.dataset_id == "published_flows")


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


@pytest.fixture(scope="module")
def embedded(places: Places) -> Fed:
    return flow.feed(DATASET, open_snapshot(DATASET, WORLD.layers).frame, places)


@pytest.fixture
def fed(places: Places):
    def feed(**changes: str) -> Fed:
        """One row of the source, some cells changed."""
        text = WORLD.layers.extract(DATASET).read_text(encoding="utf-8")
        frame = read("delimited", text.encode(), {})
        is_it = (frame["comparable_group"] == "rp_ze_arr") & (frame["year"] == "2021")
        return flow.feed(DATASET, frame[is_it].assign(**changes), places)

    return feed


def published(fed: Fed, origin: str, destination: str, period: str, group: str) -> dict[str, object]:
    key = ["origin_id", "destination_id", "period", "comparable_group"]
    flows = fed.tables["flow"].set_index(key)
    (row,) = flows.loc[[(origin, destination, period, group)]].to_dict("records")
    return row


@pytest.mark.parametrize(
    ("row", "origin", "destination", "period", "group", "value", "reliability", "wording"),
    [
        (86, "FR", "BE", "2023", "inami_in_be_country", 39466, "exact", "exact"),
        (146, "BE", "FR", "2023", "inami_out_be_country", 8391, "exact", "exact"),
        (188, "BE", "FRE", "2017", "insee_hdf_emp_2017", 10000, "about", "environ"),
        (190, "FRE", "BE", "2017", "insee_hdf_emp_2017", 23700, "rounded", "rounded to 100"),
        (219, "FRE1", "BE", "1999", "npdc_be_1999_2005", 14370, "rounded", "rounded to 10"),
        (340, "FR", "BE", "2021", "rp_fr_country_national", 46000, "rounded", "rounded to 1000"),
        (389, "FRF", "BE", "2018", "rp_ge_country", 8200, "about", "plus de"),
        (418, "ZE3218", "BE328", "2021", "rp_ze_arr", 4900, "about", "environ"),
        (361, "FR", "CH", "2021", "rp_fr_country_national", 224000, "rounded", "rounded to 1000"),
        (306, "FRI15", "ES", "2014", "rp_dep64_es", 3000, "rounded", "rounded to 1000"),
    ],
)
def test_a_figure_keeps_value_and_wording(
    embedded, row, origin, destination, period, group, value, reliability, wording
) -> None:
    figure = published(embedded, origin, destination, period, group)
    assert (figure["value"], figure["reliability"], figure["flag_raw"]) == (value, reliability, wording), row


def test_every_row_is_a_flow_or_counted_as_left_out(embedded) -> None:
    assert len(embedded.tables["flow"]) + embedded.rejected["rows"].sum() == 921  # rows of the source


def test_an_end_that_is_neither_a_territory_nor_a_group_is_left_out_by_name(fed) -> None:
    (left_out,) = fed(origin_code="", origin_name="Vallée inconnue").rejected.to_dict("records")
    assert (left_out["reason"], left_out["code"]) == ("not_placeable", "Vallée inconnue")


def test_a_group_of_places_is_the_end_of_a_flow_and_no_territory(embedded) -> None:
    """Row 450: all residents of any country who work in Geneva, not residents of France."""
    figure = published(embedded, "all-to-switzerland", "CH013", "2024", "staf_canton_total_q4_firstpub")
    assert (figure["value"], figure["reference_date"]) == (114900, "2024-12-31")


def test_a_place_without_a_code_is_found_by_its_name(embedded) -> None:
    flows = embedded.tables["flow"]
    former = flows[flows["origin_id"] == "district-tournai-2018"]
    assert list(former["value"]) == [3240]


def test_an_older_edition_of_a_figure_is_superseded_by_the_newer(embedded) -> None:
    """The Swiss statistic is revised every year: Geneva at the end of 2014, editions of 2015 and 2026."""
    flows = embedded.tables["flow"]
    is_geneva = (flows["destination_id"] == "CH013") & (flows["reference_date"] == "2014-12-31")
    editions = flows[is_geneva].set_index("comparable_group")["superseded"]
    assert editions.to_dict() == {"staf_canton_total_q4_v2015": True, "staf_canton_total_q4_v2026": False}


def test_an_edition_alone_is_not_superseded(embedded) -> None:
    flows = embedded.tables["flow"]
    berne = flows[(flows["destination_id"] == "CH021") & (flows["definition_id"] == "permit_g")]
    assert set(berne["comparable_group"]) == {"staf_canton_total_q4_v2015"}
    assert not berne["superseded"].any()


def test_a_year_that_the_source_does_not_state_is_marked(embedded) -> None:
    flows = embedded.tables["flow"].set_index("comparable_group")
    assert flows.loc["rp_abande_ch", "period_assumed"]  # published 2020, year of the census not read
    assert not flows.loc["rp_am_it", "period_assumed"].any()


@pytest.mark.parametrize(
    ("origin", "period", "group", "definition"),
    [
        ("FR", "2018", "rp_fr_country_national", "census"),
        ("FR", "2015", "ip1755_25km", "census_25km"),
        ("FR", "2014", "cget_2014", "census_cget"),
        ("FR", "2015", "inami_in_be_country", "inami_workplace"),
        ("FRE", "2021", "insee_hdf_emp_2021", "employee_files"),
        ("FRE1", "2005", "npdc_be_1999_2005", "estimate"),
    ],
)
def test_each_figure_says_what_it_counts(embedded, origin, period, group, definition) -> None:
    assert published(embedded, origin, "BE", period, group)["definition_id"] == definition


def test_what_its_source_calls_an_estimate_has_that_status(embedded) -> None:
    flows = embedded.tables["flow"]
    estimated = {"estimate", "iba_oie_lorraine", "oref_estimate", "permit_g", "permit_g_mean"}
    assert set(flows[flows["status"] == "E"]["definition_id"]) == estimated
    assert set(flows[~flows["definition_id"].isin(estimated)]["status"]) == {"A"}


def test_every_definition_has_flows_and_every_flow_a_definition(embedded) -> None:
    declared = set(embedded.tables["definition"]["definition_id"])
    assert declared == set(embedded.tables["flow"]["definition_id"])


def test_the_press_is_marked(embedded) -> None:
    flows = embedded.tables["flow"].set_index("comparable_group")["source_kind"]
    assert flows["press_imperia"].unique().tolist() == ["press"]
    assert flows["ip1755_25km"].unique().tolist() == ["producer", "republication"]


def test_a_figure_nobody_answers_for_is_marked(fed, embedded) -> None:
    (row,) = fed(producer="", source_kind="producer page").tables["flow"].to_dict("records")
    assert row["source_kind"] == "unsourced"
    flows = embedded.tables["flow"].set_index("comparable_group")["source_kind"]
    assert set(flows[["wix_fr_it", "wix_mc_2017"]]) == {"unsourced"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"value": "4 900"}, "value '4 900' is not a number of workers"),
        ({"value": "-4900"}, "value '-4900' is not a number of workers"),
        ({"definition": "hearsay"}, "definition 'hearsay' is not declared"),
        ({"precision": "roughly"}, "precision 'roughly' is unknown"),
        ({"source_kind": "rumour"}, "source_kind 'rumour' is unknown"),
        ({"year": "21"}, "period '21' is not written as a year"),
        ({"destination_code": "BE999"}, "'BE999' of NUTS is unknown"),
        ({"origin_code": "ZE:9999"}, "'9999' of INSEE_ZE2020 is unknown"),
    ],
)
def test_a_bad_cell_is_told_with_its_row(fed, changes, told) -> None:
    with pytest.raises(WrongRequest, match=told) as error:
        fed(**changes)
    assert error.value.row is not None


def test_a_missing_column_is_named(places: Places) -> None:
    frame = open_snapshot(DATASET, WORLD.layers).frame.drop(columns="precision")
    with pytest.raises(WrongRequest, match="column 'precision'"):
        flow.feed(DATASET, frame, places)


def test_a_flow_printed_twice_is_refused(places: Places) -> None:
    frame = open_snapshot(DATASET, WORLD.layers).frame
    with pytest.raises(WrongRequest, match="occurs twice"):
        flow.feed(DATASET, pd.concat([frame, frame.head(1)], ignore_index=True), places)
