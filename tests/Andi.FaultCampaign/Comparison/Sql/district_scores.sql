-- How did each district do, test by test and grade by grade?
-- $1: a school year, all, or null for the newest with rows; $2: a test, or null for all.
WITH dated AS
(
    SELECT *, max(school_year) OVER (PARTITION BY district_id) AS newest, (overall_score * 10000)::bigint AS units
    FROM scores
    WHERE $2::text IS NULL OR test_id = $2
)
SELECT
    district_id AS "of",
    school_year AS "schoolYear",
    tests.test_id AS "testId",
    tests.subject,
    grade,
    count(units) AS "studentCount",
    count(*) FILTER (WHERE status = 'exempt') AS "exemptCount",
    count(*) FILTER (WHERE status = 'absent') AS "absentCount",
    count(*) FILTER (WHERE status = 'invalidated') AS "invalidatedCount",
    sum(units)::float8 / nullif(count(units) * 10000, 0)::float8 AS "avgScore",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY overall_score::float8) AS "medianScore",
    percentile_cont(0.25) WITHIN GROUP (ORDER BY overall_score::float8) AS "q1Score",
    percentile_cont(0.75) WITHIN GROUP (ORDER BY overall_score::float8) AS "q3Score"
FROM dated
JOIN tests ON tests.test_id = dated.test_id
WHERE $1::text = 'all' OR school_year = coalesce($1, newest)
GROUP BY district_id, school_year, tests.test_id, grade
ORDER BY "of", "schoolYear", "testId", grade
