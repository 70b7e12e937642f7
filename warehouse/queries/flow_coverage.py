"""What can be observed of the flows across one border: direction, end, level, source, and why not."""

from __future__ import annotations

from warehouse import store
from warehouse.comparability import LEVELS
from warehouse.queries import catalogue, flows
from warehouse.result import Result

# A level that a country does not have is left out: Luxembourg is its own region and its own district.
COVERAGE = """
WITH direction (direction, origin_country, destination_country) AS (
    VALUES ('out', 'FR', $border), ('in', $border, 'FR')
),
figure AS (
    SELECT r.direction, f.definition_id, f.producer, f.period,
           o.level AS origin_level, d.level AS destination_level
    FROM flow AS f
    JOIN territory AS o ON o.territory_id = f.origin_id
    JOIN territory AS d ON d.territory_id = f.destination_id
    JOIN direction AS r ON r.origin_country = o.country AND r.destination_country = d.country
    WHERE f.value IS NOT NULL
),
known AS (
    SELECT direction, 'origin' AS ending, origin_level AS level, definition_id, producer, period FROM figure
    UNION ALL
    SELECT direction, 'destination', destination_level, definition_id, producer, period FROM figure
),
source AS (
    SELECT direction, ending, level, definition_id, 'value' AS state, producer,
           left(min(period), 4) AS first_year, left(max(period), 4) AS last_year, count(*) AS figures
    FROM known GROUP BY ALL
),
gap AS (
    SELECT r.direction, e.ending, g.level, g.state, g.producer,
           g.reason_fr, g.reason_nl, g.reason_en, g.source
    FROM flow_gap AS g
    JOIN territory AS o ON o.territory_id = g.origin
    JOIN territory AS d ON d.territory_id = g.destination
    JOIN direction AS r ON r.origin_country = o.country AND r.destination_country = d.country
    JOIN (VALUES ('origin'), ('destination')) AS e (ending) ON g.ending IN (e.ending, 'both')
),
cell AS (
    SELECT DISTINCT r.direction, e.ending, t.level
    FROM direction AS r
    CROSS JOIN (VALUES ('origin'), ('destination')) AS e (ending)
    JOIN territory AS t
        ON t.country = if(e.ending = 'origin', r.origin_country, r.destination_country)
        AND list_contains($levels, t.level)
    UNION
    SELECT direction, ending, level FROM gap
),
ranked AS (
    SELECT *, list_position($levels, level) AS rank FROM cell
),
why AS (
    SELECT c.direction, c.ending, c.level, g.* EXCLUDE (direction, ending, level), g.level AS gap_level,
           row_number() OVER (
               PARTITION BY c.direction, c.ending, c.level ORDER BY list_position($levels, g.level) DESC
           ) AS choice
    FROM ranked AS c
    JOIN gap AS g
        ON g.direction = c.direction AND g.ending = c.ending
        AND list_position($levels, g.level) <= c.rank
)
SELECT c.direction, c.ending, c.level,
       coalesce(s.state, g.state, 'nothing') AS state, s.definition_id,
       n.label_fr AS definition_fr, n.label_nl AS definition_nl, n.label_en AS definition_en,
       coalesce(s.producer, g.producer) AS producer, s.first_year, s.last_year, s.figures,
       g.reason_fr, g.reason_nl, g.reason_en, g.source
FROM ranked AS c
LEFT JOIN source AS s USING (direction, ending, level)
LEFT JOIN definition AS n USING (definition_id)
-- A reason holds for its level and all finer ones. Where there is a figure it is said only if nobody measures
-- that very level, whatever is published of it.
LEFT JOIN why AS g
    ON g.choice = 1 AND g.direction = c.direction AND g.ending = c.ending AND g.level = c.level
    AND (s.state IS NULL OR (g.state = 'not_observed' AND g.gap_level = c.level))
ORDER BY c.direction DESC, c.ending DESC, c.rank, s.figures DESC, s.definition_id, s.producer
"""


@store.remembered
def by_direction(border: str) -> Result:
    """A row a direction (out of France, in), an end (origin, destination), a level and a source of figures.

    `border` is the country across. `state` is `value`, or why there is none: `not_observed`, `not_published`,
    `not_loaded`, each with its reason, or `nothing` where no reason is known.
    """
    frame = store.query(COVERAGE, {"border": border, "levels": list(LEVELS)})
    return catalogue.result(frame, [catalogue.indicator(flows.INDICATOR)])
