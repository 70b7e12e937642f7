-- A caveat an indicator or a definition names is written in the three languages
-- declare it in etl/caveats.toml
SELECT dataset_id, indicator_id, caveat_id
FROM (
    SELECT dataset_id, indicator_id, unnest(caveats) AS caveat_id FROM indicator
    UNION ALL
    SELECT NULL, definition_id, unnest(caveats) FROM definition
)
ANTI JOIN caveat USING (caveat_id)
ORDER BY ALL
