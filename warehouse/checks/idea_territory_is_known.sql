-- A territory is listed once under an idea that exists, and is one of our areas
-- compare the transcription with its seed
SELECT idea_id, area_id, count(*) AS "times"
FROM idea_territory
GROUP BY ALL
HAVING count(*) > 1
    OR idea_id NOT IN (SELECT idea_id FROM idea)
    OR area_id NOT IN (SELECT territory_id FROM territory WHERE level = 'area')
ORDER BY ALL
