-- A domain is under an axis, an action under a domain, a sub-action under an action of the same code
-- compare the transcription with its seed
SELECT a.action_id, a.kind, a.code, a.parent_id
FROM action AS a LEFT JOIN action AS above ON above.action_id = a.parent_id
WHERE CASE a.kind
        WHEN 'axis' THEN a.parent_id IS NOT NULL
        WHEN 'domain' THEN above.kind IS DISTINCT FROM 'axis'
        WHEN 'action' THEN above.kind IS DISTINCT FROM 'domain'
        ELSE above.kind IS DISTINCT FROM 'action' OR above.code <> a.code END
    OR above.axis <> a.axis
    OR above.mode <> a.mode
ORDER BY ALL
