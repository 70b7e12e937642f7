-- A value lies within the bounds its indicator declares, and is a finite number
-- look at the source; if the value is right, widen `minimum` or `maximum`
SELECT figure.dataset_id, indicator_id, place_id, period, value, minimum, maximum
FROM (
    SELECT dataset_id, indicator_id, territory_id AS place_id, period, value FROM observation
    UNION ALL
    SELECT dataset_id, indicator_id, coalesce(line_id, origin_id, destination_id), period, value
    FROM mobility_figure
) AS figure
JOIN indicator USING (indicator_id)
WHERE value < minimum OR value > maximum OR NOT isfinite(value)
ORDER BY ALL
