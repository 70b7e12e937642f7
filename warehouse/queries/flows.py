"""Published cross-border flows: who lives on one side of a border and works on the other, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

import pandas

from warehouse import store
from warehouse.queries import catalogue, places
from warehouse.result import Result, distinct

INDICATOR = "cross_border_workers"

# Figures read in the press, or that no producer answers for, are shown on demand.
BY_DEFAULT = ("producer", "republication")
DIRECTIONS = ("french_to_other", "other_to_french")
ALL_KINDS = (*BY_DEFAULT, "press", "unsourced")

_FIGURE = """
    f.period, f.period_assumed, f.reference_date, f.value, f.status, f.reliability, f.flag_raw,
    f.definition_id,
    n.label_fr AS definition_fr, n.label_nl AS definition_nl, n.label_en AS definition_en,
    f.comparable_group, f.producer, f.source_title, f.source_url, f.source_kind, f.superseded, f.note,
    f.dataset_id
"""
_COLUMNS = f"""
    f.origin_id, o.name_fr AS origin_fr, o.name_nl AS origin_nl, o.name_en AS origin_en,
    f.destination_id, d.name_fr AS destination_fr, d.name_nl AS destination_nl, d.name_en AS destination_en,
    {_FIGURE}
"""

BETWEEN = f"""
SELECT {_COLUMNS}, f.is_added_up
FROM flow_figure AS f
JOIN territory AS o ON o.territory_id = f.origin_id
JOIN territory AS d ON d.territory_id = f.destination_id
JOIN definition AS n USING (definition_id)
WHERE list_contains($origins, f.origin_id) AND list_contains($destinations, f.destination_id)
  AND list_contains($kinds, f.source_kind)
ORDER BY f.period DESC, f.origin_id, f.destination_id, f.superseded, f.definition_id, f.comparable_group
"""

# A group has no outline: what comes from all countries together is told beside a map, never drawn as French.
WITH_GROUPS = f"""
SELECT r.direction, t.territory_id, t.name_fr, t.name_nl, t.name_en,
       g.group_id, g.kind AS group_kind,
       g.label_fr AS group_fr, g.label_nl AS group_nl, g.label_en AS group_en, {_FIGURE}
FROM (VALUES ('entering'), ('leaving')) AS r (direction)
JOIN flow AS f ON true
JOIN territory AS t ON t.territory_id = if(r.direction = 'entering', f.destination_id, f.origin_id)
JOIN place_group AS g ON g.group_id = if(r.direction = 'entering', f.origin_id, f.destination_id)
JOIN definition AS n USING (definition_id)
WHERE f.indicator_id = $indicator
  AND list_contains($territories, t.territory_id) AND list_contains($kinds, f.source_kind)
ORDER BY r.direction, t.territory_id, f.period DESC, f.reference_date DESC, g.group_id, f.superseded,
         f.definition_id, f.comparable_group
"""

CAVEATS_OF_DEFINITIONS = """
SELECT DISTINCT unnest(caveats) AS caveat_id FROM definition
WHERE list_contains($definitions, definition_id)
ORDER BY caveat_id
"""

# A flow can stand for two sides only when each of its ends holds the whole of a side: the side itself or a
# region around it. Of those, one of the ten years before the latest of them comes before an older one; then
# the one that says most about these very places: the closest origin, then the closest destination (the
# residence is counted better than the workplace, which is a health fund's office in the Belgian figures);
# then one whose source states its year, the producer's own page, the latest, the census.
HEADLINE = f"""
WITH RECURSIVE ancestor AS (
    SELECT side, member_id, member_id AS territory_id, 0 AS distance
    FROM (SELECT 'french' AS side, unnest($french::VARCHAR[]) AS member_id
          UNION ALL SELECT 'other', unnest($other::VARCHAR[]))
    UNION ALL
    SELECT a.side, a.member_id, t.parent_id, a.distance + 1
    FROM ancestor AS a JOIN territory AS t USING (territory_id)
    WHERE t.parent_id IS NOT NULL
),
holder AS (
    SELECT side, territory_id, max(distance) AS distance
    FROM ancestor AS a
    GROUP BY side, territory_id
    HAVING count(DISTINCT member_id) = if(side = 'french', len($french), len($other))
),
direction (direction, origin_side, destination_side) AS (
    VALUES ('french_to_other', 'french', 'other'), ('other_to_french', 'other', 'french')
),
candidate AS (
    SELECT r.direction, {_COLUMNS}, ho.distance AS from_origin, hd.distance AS from_destination,
           max(left(f.period, 4)::INTEGER) OVER (PARTITION BY r.direction) - 10 AS recent
    FROM direction AS r
    JOIN holder AS ho ON ho.side = r.origin_side
    JOIN holder AS hd ON hd.side = r.destination_side
    JOIN flow AS f ON f.origin_id = ho.territory_id AND f.destination_id = hd.territory_id
    JOIN territory AS o ON o.territory_id = f.origin_id
    JOIN territory AS d ON d.territory_id = f.destination_id
    JOIN definition AS n USING (definition_id)
    WHERE f.indicator_id = $indicator AND list_contains($kinds, f.source_kind) AND NOT f.superseded
),
ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY direction
        ORDER BY left(period, 4)::INTEGER < recent, from_origin, from_destination, period_assumed,
                 source_kind <> 'producer', period DESC, definition_id <> 'census', comparable_group
    ) AS choice
    FROM candidate
)
SELECT r.direction, c.* EXCLUDE (direction, from_origin, from_destination, recent, choice),
       CASE
           WHEN c.value IS NOT NULL THEN 'value'
           WHEN len($french) = 0 OR len($other) = 0 THEN 'no_side'
           WHEN EXISTS (
               FROM territory
               WHERE list_contains($other, territory_id) AND NOT list_contains($facing, country)
           ) THEN 'not_loaded'
           ELSE 'not_observed'
       END AS state
FROM direction AS r LEFT JOIN ranked AS c ON c.direction = r.direction AND c.choice = 1
ORDER BY r.direction
"""

# The countries that the flows of this build link with France.
FACING_FRANCE = """
SELECT DISTINCT if(o.country = 'FR', d.country, o.country) AS country
FROM flow AS f
JOIN territory AS o ON o.territory_id = f.origin_id
JOIN territory AS d ON d.territory_id = f.destination_id
WHERE o.country <> d.country AND 'FR' IN (o.country, d.country)
ORDER BY country
"""


@store.remembered
def between(
    side_a_ids: Sequence[str], side_b_ids: Sequence[str], kinds: Sequence[str] = BY_DEFAULT
) -> Result:
    """Every figure from a territory of one set to a territory of the other, latest first.

    Published ones, and whole files added up between places larger than municipalities.

    One flow may have several figures: each keeps its definition, its group and its source, none is chosen.
    Compare in time only within one `comparable_group` and one pair, without the rows that are `superseded`.
    """
    parameters = {
        "origins": list(side_a_ids),
        "destinations": list(side_b_ids),
        "kinds": list(kinds),
    }
    return result(store.query(BETWEEN, parameters))


@store.remembered
def with_groups(territory_ids: Sequence[str], kinds: Sequence[str] = BY_DEFAULT) -> Result:
    """Every figure between a territory of the list and a group of places, latest first.

    `direction` is `entering` (the territory is where people work) or `leaving`; `group_kind` is
    `all_countries`, `several` (places counted together) or `place` (under a limit of another time). What
    enters from all countries of residence is not what comes from France, and has no line on a map.
    """
    parameters = {"indicator": INDICATOR, "territories": list(territory_ids), "kinds": list(kinds)}
    return result(store.query(WITH_GROUPS, parameters))


@store.remembered
def headline_flow(territory_id: str, kinds: Sequence[str] = BY_DEFAULT) -> Result:
    """Figures in both directions for an area or a territory: french_to_other, then other_to_french.

    One row a direction where a figure holds both sides whole; where the other side lies in several countries
    and none does, one row a country of it that has one. The rule stands beside HEADLINE. `state` is `value`,
    or else `not_observed` (no figure holds both sides), `not_loaded` (this build has no flow with a country
    of the other side) or `no_side` (nothing faces the territory). The ends of the figure are often larger
    than the place asked about: show them with it. Raises UnknownTerritory.
    """
    facing = list(store.query(FACING_FRANCE)["country"])
    french, other = _sides(territory_id, facing)
    whole = _headline(french, other, facing, kinds)
    countries = {name: places.territory(name).country or name for name in other}
    parts = [
        _headline(french, [name for name in other if countries[name] == country], facing, kinds)
        for country in sorted(set(countries.values()))
    ]
    return result(pandas.concat([_direction(whole, parts, name) for name in DIRECTIONS], ignore_index=True))


def _direction(whole: pandas.DataFrame, parts: Sequence[pandas.DataFrame], name: str) -> pandas.DataFrame:
    """The row of one direction, or those of the countries of the other side that have a figure."""
    row = whole[whole["direction"] == name]
    if len(parts) < 2 or (row["state"] == "value").any():
        return row
    by_country = pandas.concat(parts)
    found = by_country[(by_country["direction"] == name) & (by_country["state"] == "value")]
    return row if found.empty else found.sort_values("value", ascending=False)


def _headline(
    french: Sequence[str], other: Sequence[str], facing: Sequence[str], kinds: Sequence[str]
) -> pandas.DataFrame:
    parameters = {
        "indicator": INDICATOR,
        "french": list(french),
        "other": list(other),
        "facing": list(facing),
        "kinds": list(kinds),
    }
    return store.query(HEADLINE, parameters)


def result(frame: pandas.DataFrame) -> Result:
    """Figures with the datasets they come from and the warnings of the indicator and of their definitions."""
    indicator = catalogue.indicator(INDICATOR)
    definitions = list(frame["definition_id"].dropna().unique())
    named = store.query(CAVEATS_OF_DEFINITIONS, {"definitions": definitions})["caveat_id"]
    used = distinct(frame["dataset_id"].dropna()) or (indicator.dataset_id,)
    caveats = catalogue.caveats(distinct([*indicator.caveats, *named]))
    return Result(frame, (indicator,), catalogue.sources(used), caveats)


def _sides(territory_id: str, facing: list[str]) -> tuple[list[str], list[str]]:
    """French and other members. A whole country faces France, and France the countries it has flows with."""
    sides = places.sides(territory_id)
    french, other = list(sides.french), list(sides.other)
    if places.territory(territory_id).level == "country":
        return french or ["FR"], other or facing
    return french, other
