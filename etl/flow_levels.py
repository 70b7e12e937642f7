"""Flows at every level a map may draw: a whole file is added up, published figures are nested, never added.

A file counts everybody, so its communes add up to departments. Figures read in publications are chosen ones:
they stand at the level they were printed for, and a total is set aside only where its parts are most of it.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pandas as pd

LEVELS = ("country", "nuts1", "nuts2", "nuts3", "employment_zone", "municipality")

# An employment zone crosses departments, so that figures of both cannot stand on one map.
COARSER: Mapping[str, tuple[str, ...]] = {
    "country": ("country",),
    "nuts1": ("country", "nuts1"),
    "nuts2": ("country", "nuts1", "nuts2"),
    "nuts3": ("country", "nuts1", "nuts2", "nuts3"),
    "employment_zone": ("country", "nuts1", "employment_zone"),
    "municipality": ("country", "nuts1", "nuts2", "nuts3", "municipality"),
}
# No other country has employment zones: beside them stand its arrondissements.
ELSEWHERE = {**COARSER, "employment_zone": COARSER["nuts3"]}

# Parts that make up this share of a total are shown in its place.
ENOUGH_PARTS = 0.5

WITHIN = """
INSERT INTO territory_within
WITH RECURSIVE climbing AS (
    SELECT territory_id, territory_id AS within_id FROM territory
    UNION ALL
    SELECT c.territory_id, t.parent_id
    FROM climbing AS c JOIN territory AS t ON t.territory_id = c.within_id
    WHERE t.parent_id IS NOT NULL
)
SELECT c.territory_id, c.within_id, t.level
FROM climbing AS c JOIN territory AS t ON t.territory_id = c.within_id
UNION ALL
SELECT c.territory_id, c.zone_id, t.level
FROM composition AS c JOIN territory AS t ON t.territory_id = c.zone_id
ORDER BY ALL
"""

COUNTABLE = """
CREATE TEMP TABLE countable AS
SELECT f.indicator_id, f.definition_id, f.period, f.reference_date, f.origin_id, f.destination_id,
       f.value, f.status,
       f.reliability, f.flag_raw, f.comparable_group, f.source_kind, f.dataset_id,
       o.country = 'FR' AS from_france, o.level AS origin_level,
       d.country = 'FR' AS to_france, d.level AS destination_level,
       s.origin <> 'published' AS is_file,
       if(s.origin = 'published', f.definition_id, f.definition_id || '@' || f.dataset_id) AS source_id,
       CASE WHEN o.country = d.country THEN 'inside' WHEN o.country = 'FR' THEN 'out'
            WHEN d.country = 'FR' THEN 'in' WHEN d.country = 'AD' THEN 'out' WHEN o.country = 'AD' THEN 'in'
       END AS direction,
       CASE WHEN o.country = d.country THEN o.country WHEN o.country = 'FR' THEN d.country
            WHEN d.country = 'FR' THEN o.country WHEN 'AD' IN (o.country, d.country) THEN 'AD'
       END AS border
FROM flow AS f
JOIN territory AS o ON o.territory_id = f.origin_id
JOIN territory AS d ON d.territory_id = f.destination_id
JOIN dataset AS s ON s.dataset_id = f.dataset_id
WHERE f.sex = '_T' AND f.mode = '_T' AND f.value >= 0 AND NOT f.superseded AND direction IS NOT NULL
"""

# A flow inside a country is counted where it stays within one place: it crosses no border.
OF_FILES = """
INSERT INTO flow_at
WITH raised AS (
    SELECT c.*, $level IN (o.level, d.level) AS reaches_the_level,
           coalesce(o.within_id, c.origin_id) AS raised_origin,
           coalesce(d.within_id, c.destination_id) AS raised_destination
    FROM countable AS c
    LEFT JOIN territory_within AS o ON o.territory_id = c.origin_id
        AND o.level = if(c.from_france, $level, $elsewhere)
    LEFT JOIN territory_within AS d ON d.territory_id = c.destination_id
        AND d.level = if(c.to_france, $level, $elsewhere)
    WHERE c.is_file
)
SELECT indicator_id, source_id, definition_id, period, $level AS level, border, direction, raised_origin,
       raised_destination, sum(value), max(status), if(bool_and(reliability = 'exact'), 'exact', 'rounded'),
       if(count(*) = 1, any_value(flag_raw), ''), count(*), any_value(comparable_group),
       any_value(source_kind), dataset_id, NULL, 'shown', true
FROM raised
WHERE direction <> 'inside' OR raised_origin = raised_destination
GROUP BY indicator_id, source_id, definition_id, period, border, direction, raised_origin, raised_destination,
         dataset_id
QUALIFY bool_or(bool_or(reaches_the_level)) OVER (PARTITION BY source_id, period, border)
ORDER BY source_id, period, border, direction, sum(value) DESC
"""

# One figure a pair: the producer's own page before a republication, and that before the press.
OF_PUBLICATIONS = """
SELECT indicator_id, source_id, definition_id, period, $level AS level, border, direction, origin_id,
       destination_id, value,
       status, reliability, flag_raw, 1 AS flows, comparable_group, source_kind, dataset_id, origin_level,
       destination_level
FROM countable
WHERE NOT is_file AND direction <> 'inside' AND ($with_press OR source_kind NOT IN ('press', 'unsourced'))
  AND list_contains(if(from_france, $allowed, $allowed_elsewhere), origin_level)
  AND list_contains(if(to_france, $allowed, $allowed_elsewhere), destination_level)
QUALIFY row_number() OVER (
    PARTITION BY source_id, period, origin_id, destination_id
    ORDER BY list_position(['producer', 'republication', 'press', 'unsourced'], source_kind),
             reference_date DESC, comparable_group
) = 1
ORDER BY source_id, period, border, direction, value, origin_id, destination_id
"""

# What a reader may set side by side: a published figure as it was printed, and a whole file between the same
# places. Both ends of one level, or one of them a whole country: that is how figures are published.
FIGURES = """
INSERT INTO flow_figure BY NAME
WITH source AS (SELECT dataset_id, origin <> 'published' AS is_file FROM dataset)
SELECT f.* EXCLUDE (sex, mode), f.definition_id AS source_id, false AS is_added_up
FROM flow AS f JOIN source AS s USING (dataset_id)
WHERE NOT s.is_file
UNION ALL BY NAME
SELECT f.indicator_id, o.within_id AS origin_id, d.within_id AS destination_id, f.period,
       bool_or(f.period_assumed) AS period_assumed, any_value(f.reference_date) AS reference_date,
       sum(f.value) AS value, max(f.status) AS status,
       if(bool_and(f.reliability = 'exact'), 'exact', 'rounded') AS reliability, '' AS flag_raw,
       f.definition_id, any_value(f.comparable_group) AS comparable_group, any_value(f.producer) AS producer,
       any_value(f.source_title) AS source_title, any_value(f.source_url) AS source_url,
       any_value(f.source_kind) AS source_kind, false AS superseded, NULL AS note, f.dataset_id,
       f.definition_id || '@' || f.dataset_id AS source_id, true AS is_added_up
FROM flow AS f
JOIN source AS s USING (dataset_id)
JOIN territory_within AS o ON o.territory_id = f.origin_id
JOIN territory_within AS d ON d.territory_id = f.destination_id
JOIN territory AS ot ON ot.territory_id = f.origin_id
JOIN territory AS dt ON dt.territory_id = f.destination_id
WHERE s.is_file AND f.sex = '_T' AND f.mode = '_T' AND f.value >= 0 AND NOT f.superseded
  AND ot.country <> dt.country
  AND list_contains($levels, o.level) AND list_contains($levels, d.level)
  AND (o.level = d.level OR 'country' IN (o.level, d.level)
       OR list_sort([o.level, d.level]) = ['employment_zone', 'nuts3'])
GROUP BY f.indicator_id, o.within_id, d.within_id, f.period, f.definition_id, f.dataset_id
ORDER BY origin_id, destination_id, period
"""


def add_flow_levels(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill territory_within, flow_at and flow_figure from the flows and territories that are loaded."""
    connection.execute(WITHIN)
    connection.execute(COUNTABLE)
    holders = _holders(connection)
    for level in LEVELS:
        connection.execute(OF_FILES, {"level": level, "elsewhere": ELSEWHERE[level][-1]})
        for with_press in (False, True):
            _add_publications(connection, level, with_press, holders)
    connection.execute("DROP TABLE countable")
    connection.execute(FIGURES, {"levels": [level for level in LEVELS if level != "municipality"]})


def _holders(connection: duckdb.DuckDBPyConnection) -> Mapping[str, frozenset[str]]:
    """Territory -> all that holds it, itself included, for the ends of published flows."""
    rows = connection.execute("""
        SELECT territory_id, list(within_id) FROM territory_within
        WHERE territory_id IN (SELECT origin_id FROM countable WHERE NOT is_file
                               UNION SELECT destination_id FROM countable WHERE NOT is_file)
        GROUP BY territory_id
    """).fetchall()
    return {territory_id: frozenset(within) for territory_id, within in rows}


def _add_publications(
    connection: duckdb.DuckDBPyConnection,
    level: str,
    with_press: bool,
    holders: Mapping[str, frozenset[str]],
) -> None:
    parameters = {
        "level": level,
        "with_press": with_press,
        "allowed": list(COARSER[level]),
        "allowed_elsewhere": list(ELSEWHERE[level]),
    }
    flows = connection.execute(OF_PUBLICATIONS, parameters).df()
    kept = []
    for _, own in flows.groupby(["source_id", "period", "border"], sort=False):
        if (own[["origin_level", "destination_level"]] == level).any(axis=None):
            kept.append(pd.concat(_nested(part, holders) for _, part in own.groupby("direction", sort=False)))
    if kept:
        rows = pd.concat(kept).assign(with_press=with_press)
        connection.register("incoming", rows.drop(columns=["origin_level", "destination_level"]))
        connection.execute("INSERT INTO flow_at BY NAME SELECT * FROM incoming")
        connection.unregister("incoming")


def _nested(flows: pd.DataFrame, holders: Mapping[str, frozenset[str]]) -> pd.DataFrame:
    """Flows of one source, period, border and direction with `role` and `is_outermost`.

    Read from the smallest to the largest. Of two that overlap without one being within the other, the larger
    is kept: both would count the same people twice.
    """
    rows = list(flows[["origin_id", "destination_id", "value"]].itertuples(index=False, name=None))
    role: list[str] = []
    outermost: list[bool] = []
    for place, (origin, destination, value) in enumerate(rows):
        touched = [
            earlier
            for earlier in range(place)
            if _overlap(origin, rows[earlier][0], holders)
            and _overlap(destination, rows[earlier][1], holders)
        ]
        for earlier in touched:
            outermost[earlier] = False
        shown = [earlier for earlier in touched if role[earlier] == "shown"]
        if shown and sum(rows[earlier][2] for earlier in shown) >= ENOUGH_PARTS * value:
            role.append("total")
        else:
            for earlier in shown:
                role[earlier] = "part"
            role.append("shown")
        outermost.append(True)
    return flows.assign(role=role, is_outermost=outermost)


def _overlap(one: str, other: str, holders: Mapping[str, frozenset[str]]) -> bool:
    return one in holders[other] or other in holders[one]
