-- A flow goes from a territory we hold to another
-- add the territory to warehouse/territories, or count the row as not_placeable
SELECT dataset_id, origin_id, destination_id, period
FROM flow
WHERE origin_id NOT IN (SELECT territory_id FROM territory)
    OR destination_id NOT IN (SELECT territory_id FROM territory)
    OR origin_id = destination_id
ORDER BY ALL
