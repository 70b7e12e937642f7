-- A shared idea stands under a theme that exists and lists two territories at least
-- compare the transcription with its seed
SELECT idea_id, theme_id, count(area_id) AS territories
FROM idea LEFT JOIN idea_territory USING (idea_id)
GROUP BY ALL
HAVING count(area_id) < 2 OR theme_id NOT IN (SELECT theme_id FROM theme)
ORDER BY ALL
