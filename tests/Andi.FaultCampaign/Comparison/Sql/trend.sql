-- How did each group do in each test, year by year? {group} is the column that makes the groups.
-- ($1 and $2, the filters of other questions, are not for this one.)
SELECT
    {group} AS "of",
    school_year AS "schoolYear",
    tests.test_id AS "testId",
    tests.name AS "testName",
    tests.subject,
    count(units) AS "studentCount",
    sum(units)::float8 / (count(units) * 10000)::float8 AS "avgScore",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY overall_score::float8) AS "medianScore",
    sqrt((count(units) * sum(units::numeric * units) - sum(units) * sum(units))::float8) / (count(units) * 10000)::float8 AS "scoreStdDev"
FROM (SELECT *, (overall_score * 10000)::bigint AS units FROM scores WHERE status = 'scored') AS scores
JOIN tests ON tests.test_id = scores.test_id
WHERE $1::text IS NULL AND $2::text IS NULL
GROUP BY {group}, school_year, tests.test_id
ORDER BY "of", "schoolYear", "testId"
