"""Flows on a map: one definition, one border, one year, one level; and what the choice leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pandas

from warehouse import store
from warehouse.queries import catalogue, flows
from warehouse.result import Result, distinct

Direction = Literal["all", "out", "in", "between"]
DIRECTIONS: tuple[Direction, ...] = ("all", "out", "in", "between")

LEVELS = ("country", "nuts1", "nuts2", "nuts3", "employment_zone", "municipality")

# More flows than this are no longer told apart, and take their time to be drawn.
DRAWN_AT_ONCE = 300
SELECTIONS_KEPT = 8  # of up to some megabytes each: a page asks for one of them several times a run

_SLICE = """
SELECT * FROM flow_at
WHERE source_id = $source AND period = $period AND level = $level AND border = $border
  AND (with_press IS NULL OR with_press = $with_press)
"""

_CHOSEN = f"""
WITH slice AS ({_SLICE} AND direction IN ('out', 'in')),
origin AS (SELECT territory_id FROM territory_within WHERE within_id = $origin),
destination AS (SELECT territory_id FROM territory_within WHERE within_id = $destination),
matching AS (
    SELECT f.*,
           $origin IS NULL OR f.origin_id IN (FROM origin) AS leaves_the_origin,
           $destination IS NULL OR f.destination_id IN (FROM destination) AS reaches_the_destination,
           $origin IS NULL OR f.destination_id IN (FROM origin) AS reaches_the_origin,
           $destination IS NULL OR f.origin_id IN (FROM destination) AS leaves_the_destination
    FROM slice AS f
),
chosen AS (
    SELECT * FROM matching
    WHERE role = 'shown' AND value >= $threshold
      AND ($direction IN ('all', 'between') OR direction = $direction)
      AND ((leaves_the_origin AND reaches_the_destination)
           OR ($direction = 'between' AND reaches_the_origin AND leaves_the_destination))
    ORDER BY value DESC, origin_id, destination_id
    LIMIT $largest
)
"""

FLOWS = f"""{_CHOSEN}
SELECT origin_id, destination_id, indicator_id, direction, period, value, status, reliability, flag_raw,
       flows, definition_id, comparable_group, source_kind, dataset_id,
       row_number() OVER (ORDER BY value DESC, origin_id, destination_id) AS rank
FROM chosen
ORDER BY rank
"""

# Names and places are joined outside: ten thousand flows touch a few hundred of them many times.
ENDS = """
SELECT territory_id, name_fr AS fr, name_nl AS nl, name_en AS en, level, country, lon, lat FROM territory
"""

# What stays within a place is known to files that count everybody, and belongs to no border.
TOTALS = f"""{_CHOSEN},
ends AS (
    SELECT origin_id AS territory_id, value AS outgoing, 0 AS incoming, dataset_id, indicator_id
    FROM chosen
    UNION ALL
    SELECT destination_id, 0, value, dataset_id, indicator_id FROM chosen
),
internal AS (
    SELECT origin_id AS territory_id, value
    FROM flow_at
    WHERE source_id = $source AND period = $period AND level = $level AND direction = 'inside'
      AND border IN ('FR', $border)
)
SELECT t.territory_id, t.level, t.country, t.name_fr, t.name_nl, t.name_en, t.lon, t.lat,
       e.outgoing, e.incoming, i.value AS internal, e.outgoing + e.incoming AS value,
       e.dataset_id, e.indicator_id
FROM (
    SELECT territory_id, sum(outgoing) AS outgoing, sum(incoming) AS incoming,
           any_value(dataset_id) AS dataset_id, any_value(indicator_id) AS indicator_id
    FROM ends
    GROUP BY territory_id
) AS e
JOIN territory AS t USING (territory_id)
LEFT JOIN internal AS i USING (territory_id)
ORDER BY value DESC, t.territory_id
"""

SUMMARY = f"""{_CHOSEN}
SELECT (SELECT count(*) FROM chosen) AS shown_flows,
       (SELECT coalesce(sum(value), 0) FROM chosen) AS shown_workers,
       count(*) FILTER (role = 'shown' AND in_direction) AS all_flows,
       coalesce(sum(value) FILTER (is_outermost AND in_direction), 0) AS all_workers,
       coalesce(max(value) FILTER (role = 'shown' AND in_direction), 0) AS largest_flow
FROM (SELECT *, $direction IN ('all', 'between') OR direction = $direction AS in_direction FROM slice)
"""

# `end` is one of two words of ours.
PLACES = f"""
WITH ends AS (
    SELECT {{end}}_id AS place_id, value FROM ({_SLICE} AND role = 'shown' AND direction <> 'inside')
)
SELECT t.territory_id, t.level, t.country, t.name_fr, t.name_nl, t.name_en, sum(e.value) AS value
FROM ends AS e
JOIN territory_within AS w ON w.territory_id = e.place_id
JOIN territory AS t ON t.territory_id = w.within_id
GROUP BY ALL
ORDER BY value DESC, t.territory_id
"""

DEFINITIONS = "SELECT definition_id, label_fr, label_nl, label_en, caveats FROM definition"


@dataclass(frozen=True)
class Selection:
    """What a reader looks at.

    `border` is the country opposite France. `source_id` is one definition; `period` one of its years;
    `level` the finest one drawn. An origin and a destination hold what lies within them; `between` takes both
    ways between the two. `threshold` is a number of workers, `largest` how many flows are kept.
    """

    border: str
    source_id: str
    period: str
    level: str
    direction: Direction = "all"
    origin_id: str | None = None
    destination_id: str | None = None
    threshold: float = 0
    largest: int = DRAWN_AT_ONCE
    with_press: bool = False

    @property
    def slice(self) -> dict[str, Any]:
        """The border, source, year and level, as a query takes them."""
        return {
            "border": self.border,
            "source": self.source_id,
            "period": self.period,
            "level": self.level,
            "with_press": self.with_press,
        }

    @property
    def parameters(self) -> dict[str, Any]:
        """Everything, as a query takes it."""
        return self.slice | {
            "direction": self.direction,
            "origin": self.origin_id,
            "destination": self.destination_id,
            "threshold": self.threshold,
            "largest": self.largest,
        }


@dataclass(frozen=True)
class Summary:
    """What is shown of what there is in the direction asked for; `all_workers` counts nobody twice."""

    shown_flows: int
    all_flows: int
    shown_workers: float
    all_workers: float
    largest_flow: float

    @property
    def share(self) -> float | None:
        """Per cent of the workers; None where nothing is known. Rounded parts may exceed their total: 100."""
        return min(100 * self.shown_workers / self.all_workers, 100) if self.all_workers else None


def chosen_flows(selection: Selection) -> Result:
    """The flows of a selection, largest first, with both ends; their lon and lat may be missing."""
    return _chosen_flows(store.current_build(), selection)


@lru_cache(maxsize=SELECTIONS_KEPT)
def _chosen_flows(_build: Path, selection: Selection) -> Result:
    flows = store.ask(FLOWS, selection.parameters)
    known, definitions = _ends(), labels()
    origins, destinations = (known.reindex(flows[f"{end}_id"]) for end in ("origin", "destination"))
    named = {
        f"definition_{language}": flows["definition_id"].map(text) for language, text in definitions.items()
    }
    return _result(
        pandas.concat(
            [
                flows.assign(**named),
                origins.add_prefix("origin_").set_index(flows.index),
                destinations.add_prefix("destination_").set_index(flows.index),
            ],
            axis=1,
        )
    )


def totals(selection: Selection) -> Result:
    """A row a place at an end of these flows, in workers: outgoing, incoming, internal (NULL: unknown)."""
    return _totals(store.current_build(), selection)


@lru_cache(maxsize=SELECTIONS_KEPT)
def _totals(_build: Path, selection: Selection) -> Result:
    return _result(store.ask(TOTALS, selection.parameters))


@store.remembered
def summary(selection: Selection) -> Summary:
    """How much of the border, the source, the year and the direction a selection shows."""
    (row,) = store.ask(SUMMARY, selection.parameters).to_dict("records")
    return Summary(
        shown_flows=int(row["shown_flows"]),
        all_flows=int(row["all_flows"]),
        shown_workers=float(row["shown_workers"]),
        all_workers=float(row["all_workers"]),
        largest_flow=float(row["largest_flow"]),
    )


@store.remembered
def labels() -> dict[str, dict[str, str]]:
    """Language -> definition_id -> what the definition counts."""
    frame = store.query(DEFINITIONS).set_index("definition_id")
    return {language: dict(frame[f"label_{language}"]) for language in ("fr", "nl", "en")}


@store.remembered
def _ends() -> pandas.DataFrame:
    """Names, level, country and place of every territory, by its id."""
    return store.query(ENDS).set_index("territory_id")


def places(selection: Selection, end: Literal["origin", "destination"]) -> pandas.DataFrame:
    """Where these flows may begin or end whatever is filtered, and the regions around; largest first."""
    return _places(store.current_build(), end, *selection.slice.items())


@lru_cache(maxsize=SELECTIONS_KEPT)
def _places(_build: Path, end: str, *slice_: tuple[str, Any]) -> pandas.DataFrame:
    # Read row by row at every run, which plain objects are quicker for.
    return store.ask(PLACES.format(end=end), dict(slice_)).astype(object)


def _result(frame: pandas.DataFrame) -> Result:
    named = distinct(frame["indicator_id"]) or (flows.INDICATOR,)
    indicators = tuple(catalogue.indicator(name) for name in named)
    used = distinct(frame["dataset_id"]) or tuple(each.dataset_id for each in indicators)
    of_definition = store.query(DEFINITIONS).set_index("definition_id")["caveats"]
    definitions = distinct(frame["definition_id"]) if "definition_id" in frame else ()
    caveats = distinct(
        [
            *(name for each in indicators for name in each.caveats),
            *(name for each in definitions for name in of_definition[each]),
        ]
    )
    return Result(frame, indicators, catalogue.sources(used), catalogue.caveats(caveats))
