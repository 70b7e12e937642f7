-- A status that says there is no value stands beside none: L, M and O
-- correct the flags in etl/harmonise.py; a missing value is NULL, never 0
SELECT dataset_id, indicator_id, territory_id AS place, period, value, status, flag_raw
FROM observation
WHERE value IS NOT NULL AND status IN ('L', 'M', 'O')
UNION ALL
SELECT dataset_id, indicator_id, origin_id || ' to ' || destination_id, period, value, status, flag_raw
FROM flow
WHERE value IS NOT NULL AND status IN ('L', 'M', 'O')
ORDER BY ALL
