-- The shares of one code in one edition add up to no more than the whole
-- correct correspondence.csv
SELECT scheme, code, vintage, round(sum(share), 4) AS total
FROM correspondence
JOIN territory USING (territory_id)
GROUP BY ALL
HAVING sum(share) > 1.001
ORDER BY ALL
