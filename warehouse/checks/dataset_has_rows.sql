-- Every dataset brings at least one row
-- correct [keep], [places] or [period] of the declaration, or remove it
SELECT dataset_id, "rows"
FROM dataset
WHERE "rows" = 0
ORDER BY ALL
