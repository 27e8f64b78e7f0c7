-- How did each group do in each dimension of each test? {group} is the column that makes the groups.
-- $1: a school year, all, or null for the newest with dimensions; $2: a test, or null for all.
WITH dated AS
(
    SELECT *, max(school_year) OVER (PARTITION BY {group}) AS newest
    FROM scores
    WHERE dimension_scores <> '{}' AND ($2::text IS NULL OR test_id = $2)
)
SELECT
    {group} AS "of",
    school_year AS "schoolYear",
    test_id AS "testId",
    dimensions.key AS dimension,
    count(*) AS "studentCount",
    sum((dimensions.value::numeric * 10000)::bigint)::float8 / (count(*) * 10000)::float8 AS "avgScore",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY dimensions.value::float8) AS "medianScore"
FROM dated, jsonb_each_text(dimension_scores) AS dimensions
WHERE $1::text = 'all' OR school_year = coalesce($1, newest)
GROUP BY {group}, school_year, test_id, dimensions.key
ORDER BY "of", "schoolYear", "testId", dimension
