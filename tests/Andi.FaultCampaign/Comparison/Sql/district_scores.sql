-- How did each district do, grade by grade and subject by subject?
SELECT
    district_id AS "of",
    grade,
    subject,
    count(*) AS "studentCount",
    sum((overall_score * 100)::bigint)::float8 / (count(*) * 100)::float8 AS "avgScore",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY overall_score::float8) AS "medianScore",
    percentile_cont(0.25) WITHIN GROUP (ORDER BY overall_score::float8) AS "q1Score",
    percentile_cont(0.75) WITHIN GROUP (ORDER BY overall_score::float8) AS "q3Score"
FROM scores
WHERE ($1::text IS NULL OR school_year = $1)
    AND ($2::text IS NULL OR test_id = $2)
GROUP BY district_id, grade, subject
ORDER BY "of", grade, subject
