-- A flow goes from a territory or a group of places to another
-- add the territory to warehouse/territories, the group to place_groups.csv, or count the row as not_placeable
WITH known AS (
    SELECT territory_id AS end_id FROM territory
    UNION ALL SELECT group_id FROM place_group
)
SELECT dataset_id, origin_id, destination_id, period
FROM flow
WHERE origin_id NOT IN (SELECT end_id FROM known)
    OR destination_id NOT IN (SELECT end_id FROM known)
    OR origin_id = destination_id
ORDER BY ALL
