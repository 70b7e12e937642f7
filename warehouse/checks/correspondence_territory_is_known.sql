-- A code corresponds to a territory we hold, by a share above 0 and at most 1
-- correct correspondence.csv
SELECT scheme, code, vintage, territory_id, share
FROM correspondence
WHERE territory_id NOT IN (SELECT territory_id FROM territory) OR share <= 0 OR share > 1
ORDER BY ALL
