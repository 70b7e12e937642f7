-- A code of a register ends after it began
-- look at the register; correct the columns of the declaration
SELECT dataset_id, scheme, code, valid_from, valid_to
FROM code_list
WHERE valid_to < valid_from
ORDER BY ALL
