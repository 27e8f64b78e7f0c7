-- How do the districts of each state compare, test by test?
SELECT
    scores.state_id AS "of",
    scores.district_id AS "id",
    districts.name,
    scores.test_id AS "testId",
    tests.subject,
    count(*) AS "totalStudents",
    sum((overall_score * 100)::bigint)::float8 / (count(*) * 100)::float8 AS "avgScore",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY overall_score::float8) AS "medianScore"
FROM scores
LEFT JOIN districts ON districts.district_id = scores.district_id
JOIN tests ON tests.test_id = scores.test_id
WHERE ($1::text IS NULL OR school_year = $1)
    AND ($2::text IS NULL OR scores.test_id = $2)
GROUP BY scores.state_id, scores.district_id, districts.name, scores.test_id, tests.subject
