-- How did each classroom do, test by test?
-- Averages and standard deviations are taken of exact integers and divided once, as IEEE 754 rounds it; so they are the same bits everywhere.
WITH hundredths AS (SELECT *, (overall_score * 100)::bigint AS h FROM scores WHERE ($1::text IS NULL OR school_year = $1) AND ($2::text IS NULL OR test_id = $2))
SELECT
    teachers.teacher_id AS "of",
    teachers.teacher_id AS "teacherId",
    teachers.name AS "teacherName",
    teachers.school_id AS "schoolId",
    tests.test_id AS "testId",
    tests.subject AS "subject",
    count(*) AS "studentCount",
    sum(h)::float8 / (count(*) * 100)::float8 AS "avgScore",
    sum(overall_performance_level)::float8 / count(*)::float8 AS "avgPerformanceLevel",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY overall_score::float8) AS "medianScore",
    min(overall_score)::float8 AS "minScore",
    max(overall_score)::float8 AS "maxScore",
    sqrt((count(*) * sum(h * h) - sum(h) * sum(h))::float8) / (count(*) * 100)::float8 AS "scoreStdDev",
    count(*) FILTER (WHERE overall_score >= 90) AS "excellentCount",
    count(*) FILTER (WHERE overall_score >= 80 AND overall_score < 90) AS "goodCount",
    count(*) FILTER (WHERE overall_score >= 70 AND overall_score < 80) AS "fairCount",
    count(*) FILTER (WHERE overall_score < 70) AS "needsImprovementCount"
FROM hundredths
JOIN teachers ON teachers.teacher_id = hundredths.teacher_id
JOIN tests ON tests.test_id = hundredths.test_id
GROUP BY teachers.teacher_id, tests.test_id
ORDER BY "of", "testId"
