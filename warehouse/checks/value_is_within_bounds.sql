-- A value lies within the bounds its indicator declares, and is a finite number
-- look at the source; if the value is right, widen `minimum` or `maximum`
SELECT observation.dataset_id, indicator_id, territory_id, period, value, minimum, maximum
FROM observation
JOIN indicator USING (indicator_id)
WHERE value < minimum OR value > maximum OR NOT isfinite(value)
ORDER BY ALL
