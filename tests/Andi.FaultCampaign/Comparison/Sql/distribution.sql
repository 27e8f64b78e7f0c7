-- How often was each score of each test reached in each group? {group} is the column that makes the groups.
-- $1: a school year, all, or null for the newest with scores; $2: a test, or null for all.
WITH dated AS
(
    SELECT *, max(school_year) OVER (PARTITION BY {group}) AS newest
    FROM scores
    WHERE status = 'scored' AND ($2::text IS NULL OR test_id = $2)
)
SELECT {group} AS "of", school_year AS "schoolYear", test_id AS "testId", overall_score::float8 AS score, count(*) AS "count"
FROM dated
WHERE $1::text = 'all' OR school_year = coalesce($1, newest)
GROUP BY {group}, school_year, test_id, overall_score
ORDER BY "of", "schoolYear", "testId", overall_score
