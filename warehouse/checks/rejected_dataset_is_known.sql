-- A rejected row is of a declared dataset, for one of the five reasons
-- correct the feed
SELECT dataset_id, reason, code
FROM rejected
WHERE dataset_id NOT IN (SELECT dataset_id FROM dataset)
    OR reason NOT IN ('outside_scope', 'not_a_territory', 'not_carried', 'superseded', 'not_placeable')
ORDER BY ALL
