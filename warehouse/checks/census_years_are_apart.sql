-- An indicator of the rolling census says how far two of its years must be to compare
-- write `apart = 5` in [period] of its declaration, or take the caveat away
SELECT indicator_id, years_apart
FROM indicator
WHERE list_contains(caveats, 'census_five_years') AND coalesce(years_apart, 0) < 5
ORDER BY ALL
