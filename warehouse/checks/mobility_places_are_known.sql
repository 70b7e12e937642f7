-- A figure on travel is of a place at least, and each of its places is a territory or a group of places
-- correct origin_id, destination_id or line_id, or add the group to place_groups.csv
WITH known AS (
    SELECT territory_id AS place_id FROM territory
    UNION ALL SELECT group_id FROM place_group
)
SELECT dataset_id, indicator_id, survey_id, period, origin_id, destination_id, line_id
FROM mobility_figure
WHERE coalesce(origin_id, destination_id, line_id) IS NULL
    OR origin_id NOT IN (SELECT place_id FROM known)
    OR destination_id NOT IN (SELECT place_id FROM known)
    OR line_id NOT IN (SELECT place_id FROM known)
ORDER BY ALL
