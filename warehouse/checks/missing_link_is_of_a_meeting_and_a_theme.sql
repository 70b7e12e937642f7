-- A missing link is of a meeting and a theme that exist, and names both its ends or neither
-- compare the transcription with its seed
SELECT link_id, meeting_id, theme_id, from_fr, to_fr
FROM missing_link
WHERE meeting_id NOT IN (SELECT meeting_id FROM meeting)
    OR theme_id NOT IN (SELECT theme_id FROM theme)
    OR (from_fr IS NULL) <> (to_fr IS NULL)
ORDER BY ALL
