"""Published cross-border flows: who lives on one side of a border and works on the other, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse import store
from warehouse.queries import catalogue, places
from warehouse.result import Result

INDICATOR = "cross_border_workers"

# Figures read in the press, or that no producer answers for, are shown on demand.
BY_DEFAULT = ("producer", "republication")
ALL_KINDS = (*BY_DEFAULT, "press")

_COLUMNS = """
    f.origin_id, o.name_fr AS origin_fr, o.name_nl AS origin_nl, o.name_en AS origin_en,
    f.destination_id, d.name_fr AS destination_fr, d.name_nl AS destination_nl, d.name_en AS destination_en,
    f.period, f.reference_date, f.value, f.status, f.reliability, f.flag_raw, f.definition_id,
    n.label_fr AS definition_fr, n.label_nl AS definition_nl, n.label_en AS definition_en,
    f.comparable_group, f.producer, f.source_title, f.source_url, f.source_kind, f.note, f.dataset_id
"""

BETWEEN = f"""
SELECT {_COLUMNS}
FROM flow AS f
JOIN territory AS o ON o.territory_id = f.origin_id
JOIN territory AS d ON d.territory_id = f.destination_id
JOIN definition AS n USING (definition_id)
WHERE f.indicator_id = $indicator
  AND list_contains($origins, f.origin_id) AND list_contains($destinations, f.destination_id)
  AND list_contains($kinds, f.source_kind)
ORDER BY f.period DESC, f.origin_id, f.destination_id, f.definition_id, f.comparable_group
"""

# A flow can stand for two sides only when each of its ends holds the whole of a side: the side itself or a
# region around it. Of those, one of the last ten years before an older one; then the one that says most about
# these very places: the closest origin, then the closest destination (the residence is counted better than
# the workplace, which is a health fund's office in the Belgian figures); then the producer's own page before
# a republication, the latest, the census.
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
recent AS (
    SELECT (max(left(period, 4))::INTEGER - 10)::VARCHAR AS first_year FROM flow
),
candidate AS (
    SELECT r.direction, {_COLUMNS},
           row_number() OVER (
               PARTITION BY r.direction
               ORDER BY f.period < recent.first_year, ho.distance, hd.distance,
                        f.source_kind <> 'producer', f.period DESC,
                        f.definition_id <> 'census', f.comparable_group
           ) AS choice
    FROM direction AS r
    JOIN holder AS ho ON ho.side = r.origin_side
    JOIN holder AS hd ON hd.side = r.destination_side
    JOIN flow AS f ON f.origin_id = ho.territory_id AND f.destination_id = hd.territory_id
    JOIN territory AS o ON o.territory_id = f.origin_id
    JOIN territory AS d ON d.territory_id = f.destination_id
    JOIN definition AS n USING (definition_id)
    CROSS JOIN recent
    WHERE f.indicator_id = $indicator AND list_contains($kinds, f.source_kind)
)
SELECT r.direction, c.* EXCLUDE (direction, choice),
       CASE
           WHEN c.value IS NOT NULL THEN 'value'
           WHEN len($french) = 0 OR len($other) = 0 THEN 'no_side'
           WHEN EXISTS (
               FROM territory
               WHERE list_contains($other, territory_id) AND NOT list_contains($facing, country)
           ) THEN 'not_loaded'
           ELSE 'not_observed'
       END AS state
FROM direction AS r LEFT JOIN candidate AS c ON c.direction = r.direction AND c.choice = 1
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
    """Every published figure from a territory of one set to a territory of the other, latest first.

    One flow may have several figures: each keeps its definition, its group and its source, none is chosen.
    Compare in time only within one `comparable_group` and one pair.
    """
    parameters = {
        "indicator": INDICATOR,
        "origins": list(side_a_ids),
        "destinations": list(side_b_ids),
        "kinds": list(kinds),
    }
    return catalogue.result(store.query(BETWEEN, parameters), [catalogue.indicator(INDICATOR)])


@store.remembered
def headline_flow(territory_id: str, kinds: Sequence[str] = BY_DEFAULT) -> Result:
    """One figure in each direction for an area or a territory: two rows, french_to_other and other_to_french.

    The rule stands beside HEADLINE. `state` is `value`, or else `not_observed` (no figure holds both sides),
    `not_loaded` (this build has no flow with a country of the other side) or `no_side` (nothing faces the
    territory). The ends of the figure are often larger than the place asked about: show them with it.
    Raises UnknownTerritory.
    """
    facing = list(store.query(FACING_FRANCE)["country"])
    french, other = _sides(territory_id, facing)
    parameters = {
        "indicator": INDICATOR,
        "french": french,
        "other": other,
        "facing": facing,
        "kinds": list(kinds),
    }
    return catalogue.result(store.query(HEADLINE, parameters), [catalogue.indicator(INDICATOR)])


def _sides(territory_id: str, facing: list[str]) -> tuple[list[str], list[str]]:
    """French and other members. A whole country faces France, and France the countries it has flows with.

    Where several countries face France no figure holds them all, and none stands for them.
    """
    sides = places.sides(territory_id)
    french, other = list(sides.french), list(sides.other)
    if places.territory(territory_id).level == "country":
        return french or ["FR"], other or facing
    return french, other
