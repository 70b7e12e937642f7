-- An observation is of a declared indicator
-- a feed wrote an id that no declaration has: correct the feed
SELECT dataset_id, indicator_id, count(*) AS observations
FROM observation
ANTI JOIN indicator USING (indicator_id)
GROUP BY ALL
ORDER BY ALL
