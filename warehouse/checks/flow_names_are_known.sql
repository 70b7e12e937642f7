-- A flow names an indicator, a dataset and a definition that exist
-- declare the indicator or the [[definition]]
SELECT dataset_id, indicator_id, definition_id, count(*) AS flows
FROM flow
WHERE indicator_id NOT IN (SELECT indicator_id FROM indicator)
    OR dataset_id NOT IN (SELECT dataset_id FROM dataset)
    OR definition_id NOT IN (SELECT definition_id FROM definition)
GROUP BY ALL
ORDER BY ALL
