-- How do the districts of each state compare, test by test?
-- $1: a school year, all, or null for the newest with scores; $2: a test, or null for all.
WITH dated AS
(
    SELECT *, max(school_year) OVER (PARTITION BY state_id) AS newest
    FROM scores
    WHERE status = 'scored' AND ($2::text IS NULL OR test_id = $2)
)
SELECT
    dated.state_id AS "of",
    dated.district_id AS "id",
    districts.name,
    school_year AS "schoolYear",
    tests.test_id AS "testId",
    tests.subject,
    count(*) AS "totalStudents",
    sum((overall_score * 10000)::bigint)::float8 / (count(*) * 10000)::float8 AS "avgScore",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY overall_score::float8) AS "medianScore"
FROM dated
LEFT JOIN districts ON districts.district_id = dated.district_id
JOIN tests ON tests.test_id = dated.test_id
WHERE $1::text = 'all' OR school_year = coalesce($1, newest)
GROUP BY dated.state_id, dated.district_id, districts.name, school_year, tests.test_id
