-- A declared indicator has at least one value
-- correct its `where`, or remove the indicator
SELECT dataset_id, indicator_id
FROM indicator
WHERE indicator_id NOT IN (SELECT indicator_id FROM observation WHERE value IS NOT NULL)
    AND indicator_id NOT IN (SELECT indicator_id FROM flow WHERE value IS NOT NULL)
    AND indicator_id NOT IN (SELECT indicator_id FROM mobility_figure)
    AND indicator_id NOT IN (SELECT indicator_id FROM passenger_flow WHERE value IS NOT NULL)
ORDER BY ALL
