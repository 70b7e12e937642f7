-- What would be needed is said of a theme that exists
-- correct theme_id in missing_indicators
SELECT theme_id FROM missing_indicator WHERE theme_id NOT IN (SELECT theme_id FROM theme) ORDER BY ALL
