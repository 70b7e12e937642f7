-- Every trait of a definition is one of the list
-- write it in etl/embedded/observatoire/flow_traits.csv, or correct flow_definitions.csv
SELECT d.definition_id, d.kind, d.trait_id
FROM (UNPIVOT (SELECT * EXCLUDE (dataset_id) FROM definition_traits)
      ON population, perimeter, workplace, moment INTO NAME kind VALUE trait_id) AS d
ANTI JOIN trait AS t ON t.kind = d.kind AND t.trait_id = d.trait_id
ORDER BY ALL
