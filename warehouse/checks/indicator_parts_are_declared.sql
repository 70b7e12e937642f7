-- The numerator and the denominator of a rate are indicators, and come together with a scale
-- correct `numerator`, `denominator` and `scale` of the declaration
SELECT dataset_id, indicator_id, numerator_id, denominator_id, scale
FROM indicator
WHERE (numerator_id IS NULL) != (denominator_id IS NULL)
    OR (numerator_id IS NULL) != (scale IS NULL)
    OR numerator_id NOT IN (SELECT indicator_id FROM indicator)
    OR denominator_id NOT IN (SELECT indicator_id FROM indicator)
ORDER BY ALL
