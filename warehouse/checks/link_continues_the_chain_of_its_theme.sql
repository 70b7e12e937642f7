-- A link begins at its theme, or where another link of the same theme ends: no piece of chain hangs loose
-- add the link that leads to it, or correct theme_id
SELECT theme_id, from_kind, from_id, to_kind, to_id
FROM link AS l
WHERE (from_kind = 'theme' AND from_id <> theme_id)
    OR (from_kind <> 'theme' AND NOT EXISTS (
        SELECT 1 FROM link AS before
        WHERE (before.theme_id, before.to_kind, before.to_id) = (l.theme_id, l.from_kind, l.from_id)))
ORDER BY ALL
