-- One pair of territories has one figure for a date, a definition and a group of comparable figures
-- keep one of the rows, or give them two groups
SELECT dataset_id, origin_id, destination_id, period, reference_date, sex, mode, definition_id, comparable_group,
    count(*) AS "times"
FROM flow
GROUP BY ALL
HAVING count(*) > 1
ORDER BY ALL
