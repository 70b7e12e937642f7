-- A suggestion is of an idea that exists, and has the number printed beside it unless it is a reminder
-- compare the transcription with its seed
SELECT idea_id, kind, number, line
FROM idea_suggestion
WHERE idea_id NOT IN (SELECT idea_id FROM idea) OR (kind = 'reminder') <> (number IS NULL)
ORDER BY ALL
