-- How do the schools of each district compare, test by test?
SELECT
    scores.district_id AS "of",
    scores.school_id AS "id",
    schools.name,
    scores.test_id AS "testId",
    tests.subject,
    count(*) AS "totalStudents",
    sum((overall_score * 100)::bigint)::float8 / (count(*) * 100)::float8 AS "avgScore",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY overall_score::float8) AS "medianScore"
FROM scores
LEFT JOIN schools ON schools.school_id = scores.school_id
JOIN tests ON tests.test_id = scores.test_id
WHERE ($1::text IS NULL OR school_year = $1)
    AND ($2::text IS NULL OR scores.test_id = $2)
GROUP BY scores.district_id, scores.school_id, schools.name, scores.test_id, tests.subject
