"""Out of a hundred employed residents, how many work abroad: both counts of one file and one edition."""

from __future__ import annotations

import pandas

from warehouse import store
from warehouse.queries import observations
from warehouse.result import Result

INDICATOR = "working_abroad_rate"
LEVELS = ("nuts3", "municipality")  # where people live, coarse first
HOME = "FR"

LOADED = "SELECT count(*) > 0 AS loaded FROM observation WHERE indicator_id = ? AND value IS NOT NULL"

REGIONS = "SELECT territory_id, within_id FROM territory_within WHERE level = 'nuts1'"


@store.remembered
def is_loaded() -> bool:
    """Whether this build holds the file that counts all employed residents by where they work."""
    return bool(store.query(LOADED, [INDICATOR])["loaded"][0])


@store.remembered
def levels() -> tuple[str, ...]:
    """The levels of LEVELS at which there is a rate."""
    known = observations.levels(INDICATOR)
    return tuple(level for level in LEVELS if level in known)


@store.remembered
def rates(level: str, period: str, border: str | None) -> Result:
    """The rate of every French territory of a level; districts opposite are not observed.

    `layer` names the outlines that hold a territory: those of municipalities lie by region.
    """
    found = observations.at_period(INDICATOR, period, level, [HOME])
    frame = found.frame
    if level == "municipality":
        regions = store.query(REGIONS).set_index("territory_id")["within_id"]
        frame = frame.assign(layer=level + "-" + frame["territory_id"].map(regions))
    else:
        frame = frame.assign(layer=level)
    if border is not None:
        opposite = observations.at_period(INDICATOR, period, LEVELS[0], [border]).frame
        frame = pandas.concat([frame, opposite.assign(layer=LEVELS[0])], ignore_index=True)
    return found.with_frame(frame)


def reaching(result: Result, threshold: float) -> int:
    """How many territories have a rate of `threshold` per cent or more."""
    return int((result.frame["value"] >= threshold).sum())
