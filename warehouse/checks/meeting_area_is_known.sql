-- A meeting is of an area we hold
-- correct the list of meetings, or add the area to warehouse/territories
SELECT meeting_id, area_id
FROM meeting
WHERE area_id NOT IN (SELECT territory_id FROM territory)
ORDER BY ALL
