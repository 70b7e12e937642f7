-- An expectation names a theme, once on its scale and in its year
-- compare the transcription with its seed
SELECT dataset_id, scale, theme_id, year, count(*) AS "times"
FROM expectation
GROUP BY ALL
HAVING count(*) > 1 OR theme_id NOT IN (SELECT theme_id FROM theme)
ORDER BY ALL
