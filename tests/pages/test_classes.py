"""Classes of a choropleth: cut once, the same on both sides of the border and in every year."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pages.components.classes import MAXIMUM, Classes, natural
from pages.components.theme import LIGHT
from warehouse.queries import observations

RAMP = LIGHT.sequential


def test_a_value_on_an_edge_belongs_to_the_class_below() -> None:
    classes = Classes((0.0, 5.0, 10.0), ("pale", "dark"))
    assert [classes.colour(value) for value in (0.0, 5.0, 5.1, 10.0)] == ["pale", "pale", "dark", "dark"]


def test_a_value_beyond_the_edges_wears_the_colour_at_the_end() -> None:
    classes = Classes((0.0, 5.0, 10.0), ("pale", "dark"))
    assert (classes.colour(-3.0), classes.colour(99.0)) == ("pale", "dark")


@pytest.mark.parametrize("count", range(2, 30))
def test_every_class_has_a_colour_and_every_value_a_class(count: int) -> None:
    values = [float(number * number) for number in range(count)]
    classes = natural(values, RAMP, 0)
    assert len(classes.edges) == len(classes.colours) + 1 <= MAXIMUM + 1
    assert all(low < high for low, high in pairwise(classes.edges))
    assert (classes.edges[0], classes.edges[-1]) == (values[0], values[-1])
    assert classes.index(values[0]) == 0
    assert classes.index(values[-1]) == len(classes.colours) - 1
    assert len(set(classes.colours)) == len(classes.colours)


def test_rounding_an_edge_leaves_no_value_outside() -> None:
    """1,6 reads 2 and 9,4 reads 9: the classes still run from 1,6 to 9,4."""
    classes = natural([1.6, 5.0, 9.4], RAMP, 0)
    assert (classes.edges[0], classes.edges[-1]) == (1.6, 9.4)


def test_natural_breaks_fall_between_the_clusters() -> None:
    values = [1.0, 1.1, 1.2, 1.3, 8.0, 8.1, 8.2, 8.3]
    classes = natural(values, RAMP[:2], 1)
    assert {classes.index(value) for value in values[:4]} == {0}
    assert {classes.index(value) for value in values[4:]} == {1}


def test_a_higher_value_is_never_paler() -> None:
    classes = natural([float(number) for number in range(40)], RAMP, 0)
    order = [RAMP.index(colour) for colour in classes.colours]
    assert order == sorted(order)
    assert (order[0], order[-1]) == (0, len(RAMP) - 1)


@pytest.mark.parametrize("values", [[7.0], [7.0, 7.0, 7.0], []])
def test_equal_values_are_one_class_of_the_middle_colour(values: list[float]) -> None:
    classes = natural(values, RAMP, 1)
    assert classes.colours == (RAMP[len(RAMP) // 2],)
    assert classes.colour(values[0] if values else 0.0) == RAMP[len(RAMP) // 2]


def test_values_that_are_written_alike_are_one_class() -> None:
    """1,01 and 1,04 both read 1,0: two classes from 1,0 to 1,0 would say nothing."""
    classes = natural([1.01, 1.04], RAMP, 1)
    assert classes.colours == (RAMP[len(RAMP) // 2],)
    assert classes.colour(1.01) == classes.colour(1.04)


@pytest.mark.usefixtures("warehouse")
def test_equal_rates_on_both_sides_wear_one_colour_in_every_year() -> None:
    """FRE1 and BE32 both have 9.0 in 2025: tgs00010 lines 33 and 13. BE25 has 3.0: line 11."""
    classes = natural(observations.values_of("unemployment_rate_15_74", "nuts2"), RAMP, 1)
    frame = observations.at_period("unemployment_rate_15_74", "2025", "nuts2", ("FR", "BE")).frame
    colour = {
        row.territory_id: classes.colour(row.value) for row in frame.dropna(subset=["value"]).itertuples()
    }
    assert colour["FRE1"] == colour["BE32"]
    assert colour["BE25"] == RAMP[0]
    # Cut from all years: the highest rate ever seen closes the last class, not that of the year shown.
    assert classes.edges[-1] == 20.3  # ES51 in 2014: tgs00010 line 31
    assert frame["value"].max() < classes.edges[-1]
