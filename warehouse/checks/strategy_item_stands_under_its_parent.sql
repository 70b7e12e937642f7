-- A proposal is under a table, an attachment under a proposal; what an item names exists in its strategy
-- compare the transcription with its seed
SELECT i.item_id, i.kind, i.parent_id, i.territory_id, i.theme_id
FROM strategy_item AS i
LEFT JOIN strategy_item AS above ON above.item_id = i.parent_id AND above.strategy = i.strategy
WHERE (i.parent_id IS NOT NULL AND above.item_id IS NULL)
    OR (i.kind = 'proposal' AND above.kind IS DISTINCT FROM 'table')
    OR (i.kind = 'attachment' AND above.kind IS DISTINCT FROM 'proposal')
    OR i.territory_id NOT IN (SELECT territory_id FROM territory)
    OR i.theme_id NOT IN (SELECT theme_id FROM theme)
ORDER BY ALL
