-- Participants are those of an area we hold, once a year, and say how they were computed when they were
-- compare the transcription with its seed
SELECT dataset_id, area_id, year, count(*) AS "times"
FROM participation
GROUP BY ALL
HAVING count(*) > 1
    OR area_id NOT IN (SELECT territory_id FROM territory)
    OR bool_or(is_computed != (computation IS NOT NULL))
ORDER BY ALL
