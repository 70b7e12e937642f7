"""What can be asked of a border, against rows of etl/embedded/producers/published_flows.csv."""

from __future__ import annotations

import pytest

from warehouse.queries import flow_map, flow_offers
from warehouse.queries.flow_map import Selection
from warehouse.queries.places import NEIGHBOURS

pytestmark = pytest.mark.usefixtures("warehouse")


def test_figures_of_the_press_take_part_on_demand_only() -> None:
    """Line 478 and following: four employment zones, read in the press."""
    without, with_it = flow_offers.offers(with_press=False), flow_offers.offers(with_press=True)
    zones = with_it[(with_it["border"] == "BE") & (with_it["level"] == "employment_zone")]
    assert ("census", "2021") in set(zip(zones["source_id"], zones["period"], strict=True))
    assert "employment_zone" not in set(without.loc[without["border"] == "BE", "level"])
    asked = Selection("BE", "census", "2021", "employment_zone", with_press=True)
    shown = flow_map.chosen_flows(asked).frame.set_index(["origin_id", "destination_id"])["value"]
    assert shown.idxmax() == ("ZE3218", "BE")
    assert shown.max() == 10500
    # Tournai-Mouscron, 4 900, is less than half of it: it is not set in the place of the 10 500.
    assert ("ZE3218", "BE328") not in shown.index


def test_a_direction_nobody_counts_is_not_observed_and_another_year_is_said() -> None:
    census = flow_offers.observed(Selection("CH", "census", "2020", "nuts3"))
    assert census["out"].is_observed
    assert not census["in"].is_observed
    assert census["in"].other_periods == ()
    health = flow_offers.observed(Selection("BE", "inami_workplace", "2015", "nuts1"))
    assert health["out"].is_observed
    assert not health["in"].is_observed
    assert health["in"].other_periods == ("2006",)
    assert "employee_files" in health["in"].other_sources


def test_every_border_opens_with_flows() -> None:
    for border in NEIGHBOURS:
        best = flow_offers.best(border)
        assert best is not None
        assert best.source_id != flow_offers.UNNAMED
        assert flow_map.summary(best).shown_flows > 0
