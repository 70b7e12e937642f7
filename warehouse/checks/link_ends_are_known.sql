-- A proposed link leads from one thing that exists to another, once in the chain of a theme
-- correct its ids in strategy_links, or remove it if what it named is gone
WITH thing AS (
    SELECT 'theme' AS kind, theme_id AS id FROM theme
    UNION ALL SELECT 'objective', objective_id FROM objective
    UNION ALL SELECT 'action', action_id FROM action
    UNION ALL SELECT 'indicator', indicator_id FROM indicator
    UNION ALL SELECT 'idea', idea_id FROM idea
)
SELECT theme_id, from_kind, from_id, to_kind, to_id, count(*) AS "times"
FROM link
GROUP BY ALL
HAVING count(*) > 1
    OR (from_kind, from_id) NOT IN (SELECT (kind, id) FROM thing)
    OR (to_kind, to_id) NOT IN (SELECT (kind, id) FROM thing)
ORDER BY ALL
