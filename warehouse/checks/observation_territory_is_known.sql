-- An observation is of a territory we hold
-- add the territory to warehouse/territories, or correct correspondence.csv
SELECT dataset_id, indicator_id, territory_id, count(*) AS observations
FROM observation
ANTI JOIN territory USING (territory_id)
GROUP BY ALL
ORDER BY ALL
