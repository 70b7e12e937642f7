-- A group of places has an id that no territory has
-- rename the group in place_groups.csv
SELECT group_id
FROM place_group
WHERE group_id IN (SELECT territory_id FROM territory)
ORDER BY ALL
