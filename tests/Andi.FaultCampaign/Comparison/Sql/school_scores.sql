-- How did each school do, grade by grade and subject by subject?
WITH hundredths AS (SELECT *, (overall_score * 100)::bigint AS h FROM scores WHERE ($1::text IS NULL OR school_year = $1) AND ($2::text IS NULL OR test_id = $2))
SELECT
    school_id AS "of",
    grade,
    subject,
    count(*) AS "studentCount",
    sum(h)::float8 / (count(*) * 100)::float8 AS "avgScore",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY overall_score::float8) AS "medianScore",
    sqrt((count(*) * sum(h * h) - sum(h) * sum(h))::float8) / (count(*) * 100)::float8 AS "scoreStdDev"
FROM hundredths
GROUP BY school_id, grade, subject
ORDER BY "of", grade, subject
