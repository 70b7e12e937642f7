-- Passengers travel from a territory to another, counted once by each country that reports
-- look which codes of the source lead to the same territory
SELECT dataset_id, origin_id, destination_id, period, reported_by, count(*) AS "times"
FROM passenger_flow
GROUP BY ALL
HAVING count(*) > 1
    OR origin_id NOT IN (SELECT territory_id FROM territory)
    OR destination_id NOT IN (SELECT territory_id FROM territory)
ORDER BY ALL
