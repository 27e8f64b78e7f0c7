-- How did each classroom do in one test? A row also where nobody took it.
WITH hundredths AS (SELECT *, (overall_score * 100)::bigint AS h FROM scores WHERE ($1::text IS NULL OR school_year = $1))
SELECT
    teachers.teacher_id AS "of",
    teachers.teacher_id AS "teacherId",
    teachers.name AS "teacherName",
    teachers.school_id AS "schoolId",
    tests.test_id AS "testId",
    tests.subject AS "subject",
    count(h) AS "studentCount",
    sum(h)::float8 / nullif(count(h) * 100, 0)::float8 AS "avgScore",
    sum(overall_performance_level)::float8 / nullif(count(h), 0)::float8 AS "avgPerformanceLevel",
    percentile_cont(0.5) WITHIN GROUP (ORDER BY overall_score::float8) AS "medianScore",
    min(overall_score)::float8 AS "minScore",
    max(overall_score)::float8 AS "maxScore",
    sqrt((count(h) * sum(h * h) - sum(h) * sum(h))::float8) / nullif(count(h) * 100, 0)::float8 AS "scoreStdDev",
    count(*) FILTER (WHERE overall_score >= 90) AS "excellentCount",
    count(*) FILTER (WHERE overall_score >= 80 AND overall_score < 90) AS "goodCount",
    count(*) FILTER (WHERE overall_score >= 70 AND overall_score < 80) AS "fairCount",
    count(*) FILTER (WHERE overall_score < 70) AS "needsImprovementCount"
FROM teachers
CROSS JOIN tests
LEFT JOIN hundredths ON hundredths.teacher_id = teachers.teacher_id AND hundredths.test_id = tests.test_id
WHERE tests.test_id = $2
GROUP BY teachers.teacher_id, tests.test_id
