-- An indicator has one value for a territory, a period, a sex, an age and an other facet
-- tell the rows apart in `where` or `dimensions` of the declaration
SELECT dataset_id, indicator_id, territory_id, period, sex, age, other, count(*) AS "times"
FROM observation
GROUP BY ALL
HAVING count(*) > 1
ORDER BY ALL
