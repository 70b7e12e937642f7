"""What a build can be made of: the declared datasets whose figures lie here, and those it goes without."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace

from etl.declaration import Dataset, Indicator
from etl.snapshot import Layers


@dataclass(frozen=True)
class Holdings:
    """`held` datasets are declared no further than their figures reach; `absent` ones are *non chargé*."""

    held: tuple[Dataset, ...]
    absent: tuple[Dataset, ...]


def holdings(datasets: tuple[Dataset, ...], layers: Layers) -> Holdings:
    """A rate that needs an indicator of an absent dataset is not computed, here or for an area."""
    held = tuple(dataset for dataset in datasets if layers.holds(dataset))
    absent = tuple(dataset for dataset in datasets if not layers.holds(dataset))
    known = {indicator.head.indicator_id for dataset in held for indicator in dataset.indicators}
    return Holdings(tuple(_within(dataset, known) for dataset in held), absent)


def _within(dataset: Dataset, known: Set[str]) -> Dataset:
    return replace(
        dataset,
        indicators=tuple(_as_far_as(indicator, known) for indicator in dataset.indicators),
        ratios=tuple(ratio for ratio in dataset.ratios if {ratio.of, ratio.over} <= known),
    )


def _as_far_as(indicator: Indicator, known: Set[str]) -> Indicator:
    head = indicator.head
    if {part for part in (head.numerator, head.denominator) if part} <= known:
        return indicator
    return replace(indicator, head=replace(head, numerator=None, denominator=None, scale=None))
