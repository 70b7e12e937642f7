"""What can be observed: theme × border × side × level × years, and why not where it cannot."""

from __future__ import annotations

from warehouse import store
from warehouse.queries import catalogue
from warehouse.queries.places import NEIGHBOURS
from warehouse.result import Result

# Finest first.
LEVELS = ("municipality", "employment_zone", "nuts3", "nuts2", "nuts1", "country")

# A border is a neighbour of France. Its sides are the members of the areas that lie on both, with all that
# they hold and all that holds them. A flow is observed on the side where the workers live.
BY_BORDER = """
WITH RECURSIVE neighbour AS (
    SELECT DISTINCT m.area_id, t.country AS border
    FROM membership AS m JOIN territory AS t USING (territory_id)
    WHERE t.country <> 'FR'
),
member AS (
    SELECT DISTINCT n.border, if(t.country = 'FR', 'french', 'other') AS side, t.territory_id
    FROM neighbour AS n JOIN membership AS m USING (area_id) JOIN territory AS t USING (territory_id)
    WHERE t.country IN ('FR', n.border)
),
held AS (
    FROM member
    UNION
    SELECT h.border, h.side, t.territory_id FROM held AS h JOIN territory AS t ON t.parent_id = h.territory_id
),
holding AS (
    FROM member
    UNION
    SELECT h.border, h.side, t.parent_id FROM holding AS h JOIN territory AS t USING (territory_id)
    WHERE t.parent_id IS NOT NULL
),
there AS (
    SELECT h.border, h.side, h.territory_id, t.level, t.country
    FROM (FROM held UNION FROM holding) AS h JOIN territory AS t USING (territory_id)
),
observed AS (
    SELECT indicator_id, territory_id, NULL::VARCHAR AS facing,
           min(period) FILTER (value IS NOT NULL) AS first_period,
           max(period) FILTER (value IS NOT NULL) AS last_period, count(value) AS figures
    FROM observation GROUP BY ALL
    UNION ALL
    SELECT f.indicator_id, f.origin_id, if(o.country = 'FR', d.country, o.country),
           min(f.period) FILTER (f.value IS NOT NULL), max(f.period) FILTER (f.value IS NOT NULL),
           count(f.value)
    FROM flow AS f
    JOIN territory AS o ON o.territory_id = f.origin_id
    JOIN territory AS d ON d.territory_id = f.destination_id
    WHERE o.country <> d.country AND 'FR' IN (o.country, d.country)
    GROUP BY ALL
    UNION ALL
    SELECT m.indicator_id, coalesce(m.origin_id, m.destination_id),
           CASE
               WHEN o.country <> d.country AND 'FR' IN (o.country, d.country)
               THEN if(o.country = 'FR', d.country, o.country)
           END,
           min(m.period), max(m.period), count(m.value)
    FROM mobility_figure AS m
    LEFT JOIN territory AS o ON o.territory_id = m.origin_id
    LEFT JOIN territory AS d ON d.territory_id = m.destination_id
    GROUP BY ALL
),
found AS (
    SELECT o.indicator_id, t.border, t.side, t.level,
           left(min(o.first_period), 4) AS first_year, left(max(o.last_period), 4) AS last_year,
           count(*) FILTER (o.figures > 0) AS territories, sum(o.figures)::BIGINT AS figures
    FROM observed AS o JOIN there AS t USING (territory_id)
    WHERE coalesce(o.facing, t.border) = t.border
    GROUP BY ALL
),
measured AS (
    -- A rate we compute is observed where its numerator is.
    SELECT i.indicator_id, p.name AS provider, p.countries
    FROM indicator AS i
    JOIN indicator AS own ON own.indicator_id = coalesce(i.numerator_id, i.indicator_id)
    JOIN dataset AS d ON d.dataset_id = own.dataset_id
    JOIN provider AS p USING (provider_id)
),
cell AS (
    SELECT border, side, any_value(country) AS country, level, count(*) AS existing
    FROM there GROUP BY border, side, level
)
SELECT i.theme, i.indicator_id, i.dataset_id, c.border, c.side, c.country, c.level, f.first_year, f.last_year,
       coalesce(f.territories, 0) AS territories, c.existing, coalesce(f.figures, 0) AS figures, m.provider,
       len(m.countries) = 0 OR list_has_any(m.countries, ['FR', c.border]) AS concerns_border,
       CASE
           WHEN f.figures > 0 THEN 'value'
           WHEN f.figures = 0 THEN 'missing'
           WHEN len(m.countries) > 0 AND NOT list_contains(m.countries, c.country) THEN 'not_observed'
           WHEN bool_or(f.figures > 0) OVER (PARTITION BY i.indicator_id, c.border, c.side)
               THEN 'other_level'
           -- Published flows are looked for border by border: one way without a figure has none.
           WHEN i.theme = 'flows' AND bool_or(f.figures > 0) OVER (PARTITION BY i.indicator_id, c.border)
               THEN 'not_observed'
           ELSE 'not_loaded'
       END AS state
FROM indicator AS i CROSS JOIN cell AS c
JOIN measured AS m USING (indicator_id)
LEFT JOIN found AS f USING (indicator_id, border, side, level)
ORDER BY i.theme, i.headline NULLS LAST, i.indicator_id, c.border, c.side, c.level
"""

BORDERS = """
SELECT DISTINCT t.country
FROM membership AS m JOIN territory AS t USING (territory_id) WHERE t.country <> 'FR'
"""


@store.remembered
def by_border() -> Result:
    """One row an indicator, a border, a side (french, other) and a level that exists there.

    `border` is the country across; `existing` counts the territories of the level, `territories` those with
    a figure. `concerns_border` says whether the provider measures a country of that border at all: the Swiss
    office is not asked about Andorra. `state` is `value`, `missing` (cells without a figure), `not_observed`
    (the provider does not measure that country, or nobody publishes a flow that way), `other_level`
    (observed there, at other levels) or `not_loaded`.
    """
    return catalogue.result(store.query(BY_BORDER), catalogue.indicators())


@store.remembered
def borders() -> tuple[str, ...]:
    """The neighbours of France that some area reaches, in the order of NEIGHBOURS."""
    reached = set(store.query(BORDERS)["country"])
    return tuple(name for name in NEIGHBOURS if name in reached)
