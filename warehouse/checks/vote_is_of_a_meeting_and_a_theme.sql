-- A vote is of a meeting with a report and of a theme, once
-- compare the transcription with its seed
SELECT dataset_id, meeting_id, theme_id, line, count(*) AS "times"
FROM vote
GROUP BY ALL
HAVING count(*) > 1
    OR meeting_id NOT IN (SELECT meeting_id FROM meeting WHERE has_report)
    OR theme_id NOT IN (SELECT theme_id FROM theme)
ORDER BY ALL
