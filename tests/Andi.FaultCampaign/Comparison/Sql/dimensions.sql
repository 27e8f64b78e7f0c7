-- How did each group do in each dimension? {group} is the column that makes the groups.
SELECT
    {group} AS "of",
    dimensions.key AS dimension,
    count(*) AS "studentCount",
    sum((dimensions.value::numeric * 10000)::bigint)::float8 / (count(*) * 10000)::float8 AS "avgScore",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY dimensions.value::float8) AS "medianScore"
FROM scores, jsonb_each_text(dimension_scores) AS dimensions
WHERE ($1::text IS NULL OR school_year = $1)
    AND ($2::text IS NULL OR test_id = $2)
GROUP BY {group}, dimensions.key
ORDER BY "of", dimension
