-- An observation comes from the dataset of its indicator
-- a feed wrote another dataset: correct the feed
SELECT observation.dataset_id, indicator_id, indicator.dataset_id AS declared_in, count(*) AS observations
FROM observation
JOIN indicator USING (indicator_id)
WHERE observation.dataset_id != indicator.dataset_id
GROUP BY ALL
ORDER BY ALL
