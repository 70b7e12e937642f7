"""How many employed residents work abroad, over a threshold; what nobody observes on the other side."""

from __future__ import annotations

import pytest

from tests.warehouse.small_database import SmallDatabase
from warehouse.queries import outgoing_rate


def test_territories_over_a_threshold_are_counted_and_the_other_side_is_not_observed(
    planted: SmallDatabase,
) -> None:
    planted.declare(outgoing_rate.INDICATOR, provider="france", theme="flows")
    planted.observe_all(outgoing_rate.INDICATOR, "2023", {"FRX11": 25.0, "FRX12": 24.9, "FRX13": 3.0})
    rates = outgoing_rate.rates("nuts3", "2023", "BE")
    assert outgoing_rate.is_loaded()
    assert outgoing_rate.levels() == ("nuts3",)
    assert outgoing_rate.reaching(rates, 25.0) == 1
    assert outgoing_rate.reaching(rates, 10.0) == 2
    states = rates.frame.groupby("country")["state"].unique()
    assert set(states["BE"]) == {"not_observed"}
    assert set(states["FR"]) == {"value", "not_loaded"}
    assert set(rates.frame["layer"]) == {"nuts3"}


def test_without_a_border_only_the_french_side_is_given(planted: SmallDatabase) -> None:
    planted.declare(outgoing_rate.INDICATOR, provider="france", theme="flows")
    planted.observe(outgoing_rate.INDICATOR, "FRX11", "2023", 25.0)
    assert set(outgoing_rate.rates("nuts3", "2023", None).frame["country"]) == {"FR"}


@pytest.mark.usefixtures("warehouse")
def test_a_build_without_the_file_has_no_rate() -> None:
    assert not outgoing_rate.is_loaded()
    assert outgoing_rate.levels() == ()
