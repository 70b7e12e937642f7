-- An area is made of territories we hold, each once
-- correct membership.csv
SELECT area_id, territory_id, count(*) AS "times"
FROM membership
GROUP BY ALL
HAVING count(*) > 1
    OR area_id NOT IN (SELECT territory_id FROM territory WHERE level IN ('area', 'point'))
    OR territory_id NOT IN (SELECT territory_id FROM territory)
ORDER BY ALL
