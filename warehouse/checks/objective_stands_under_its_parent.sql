-- A specific objective is under a priority, a numbered action under a specific objective, of one priority
-- compare the transcription with its seed
SELECT o.objective_id, o.kind, o.parent_id, o.priority
FROM objective AS o LEFT JOIN objective AS above ON above.objective_id = o.parent_id
WHERE CASE o.kind
        WHEN 'priority' THEN o.parent_id IS NOT NULL
        WHEN 'specific_objective' THEN above.kind IS DISTINCT FROM 'priority'
        ELSE above.kind IS DISTINCT FROM 'specific_objective' END
    OR above.priority <> o.priority
ORDER BY ALL
