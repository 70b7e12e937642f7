-- A period is a year or a quarter and begins on its first day
-- correct read_period in etl/harmonise.py
SELECT dataset_id, indicator_id, period, period_start, count(*) AS observations
FROM observation
WHERE period_start IS DISTINCT FROM CASE
    WHEN regexp_full_match(period, '\d{4}') THEN try_cast(period || '-01-01' AS DATE)
    WHEN regexp_full_match(period, '\d{4}-Q[1-4]')
        THEN make_date(left(period, 4)::INTEGER, 3 * right(period, 1)::INTEGER - 2, 1)
END
GROUP BY ALL
ORDER BY ALL
