-- The mode, the population and the survey of a figure on travel have a name
-- add the term to mobility_terms.csv
SELECT f.dataset_id, f.kind, f.term_id
FROM (
    SELECT dataset_id, unnest(['mode', 'population', 'survey']) AS kind,
        unnest([mode, population, survey_id]) AS term_id
    FROM mobility_figure
) AS f
ANTI JOIN mobility_term USING (kind, term_id)
ORDER BY ALL
