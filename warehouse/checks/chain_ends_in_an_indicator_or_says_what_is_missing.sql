-- A theme is informed by an indicator of its chain, or the observatory says what would be needed
-- add a link to an indicator to strategy_links, or a row to missing_indicators
SELECT theme_id
FROM theme
WHERE theme_id NOT IN (SELECT theme_id FROM link WHERE to_kind = 'indicator')
    AND theme_id NOT IN (SELECT theme_id FROM missing_indicator)
ORDER BY ALL
