-- A missing value has a status of missing: L, M, N or O
-- correct the flags in etl/harmonise.py
SELECT dataset_id, indicator_id, territory_id AS place, period, status, flag_raw
FROM observation
WHERE value IS NULL AND status NOT IN ('L', 'M', 'N', 'O')
UNION ALL
SELECT dataset_id, indicator_id, origin_id || ' to ' || destination_id, period, status, flag_raw
FROM flow
WHERE value IS NULL AND status NOT IN ('L', 'M', 'N', 'O')
ORDER BY ALL
