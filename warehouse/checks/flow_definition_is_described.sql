-- What a flow counts is described trait by trait
-- add its definition to etl/embedded/observatoire/flow_definitions.csv
SELECT DISTINCT f.definition_id, f.dataset_id
FROM flow AS f
ANTI JOIN definition_traits USING (definition_id)
ORDER BY ALL
