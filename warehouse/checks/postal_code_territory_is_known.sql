-- A postal code serves municipalities we hold, each once
-- correct postal_code.csv
SELECT country, postal_code, territory_id, count(*) AS "times"
FROM postal_code
GROUP BY ALL
HAVING count(*) > 1 OR territory_id NOT IN (SELECT territory_id FROM territory WHERE level = 'municipality')
ORDER BY ALL
