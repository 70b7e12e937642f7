"""Class breaks of a choropleth: natural breaks (Jenks), cut once from every year and both sides."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import jenkspy

MAXIMUM = 7
ENOUGH = 1000  # values: breaks cost the square of them, and of more every n-th tells the same


@dataclass(frozen=True)
class Classes:
    """`edges` has one more element than `colours`; a value equal to an inner edge is in the lower class."""

    edges: tuple[float, ...]
    colours: tuple[str, ...]

    def index(self, value: float) -> int:
        """Class of a value, 0 for the lowest; values beyond the edges belong to the end classes."""
        return min(max(bisect_left(self.edges[1:], value), 0), len(self.colours) - 1)

    def colour(self, value: float) -> str:
        return self.colours[self.index(value)]


def natural(values: Iterable[float], ramp: tuple[str, ...], decimals: int) -> Classes:
    """At most seven natural breaks, rounded as the indicator is written; fewer when values are few."""
    known = sorted(float(value) for value in values)
    distinct = sorted(set(known))
    count = min(MAXIMUM, len(ramp), max(len(distinct) - 1, 1))
    if len({round(value, decimals) for value in distinct}) < 2:
        only = distinct[0] if distinct else 0.0
        return Classes((only, only), (ramp[len(ramp) // 2],))
    sample = known[:: math.ceil(len(known) / ENOUGH)]
    breaks = jenkspy.jenks_breaks([*sample[:-1], known[-1]], n_classes=count)
    edges = sorted({round(edge, decimals) for edge in breaks})
    edges[0], edges[-1] = min(edges[0], known[0]), max(edges[-1], known[-1])
    steps = len(edges) - 1
    spread = [round(step * (len(ramp) - 1) / max(steps - 1, 1)) for step in range(steps)]
    return Classes(tuple(edges), tuple(ramp[position] for position in spread))
