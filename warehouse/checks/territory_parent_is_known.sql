-- The parent of a territory is a territory
-- correct territory.csv
SELECT territory_id, parent_id
FROM territory
WHERE parent_id NOT IN (SELECT territory_id FROM territory) OR parent_id = territory_id
ORDER BY ALL
