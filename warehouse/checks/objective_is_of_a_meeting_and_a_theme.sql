-- What a meeting wrote stands under a meeting and a theme that exist
-- compare the transcription with its seed
SELECT dataset_id, meeting_id, theme_id, line
FROM objective_stated
WHERE meeting_id NOT IN (SELECT meeting_id FROM meeting)
    OR theme_id NOT IN (SELECT theme_id FROM theme)
ORDER BY ALL
