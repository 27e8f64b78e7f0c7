-- How did each student do over the years? Oldest first. ($1 and $2, the filters of other questions, are not for this one.)
SELECT
    student_id AS "of",
    score_id AS "scoreId",
    school_year AS "schoolYear",
    test_date::text AS "testDate",
    tests.test_id AS "testId",
    tests.name AS "testName",
    tests.subject,
    grade,
    teacher_id AS "teacherId",
    school_id AS "schoolId",
    status,
    overall_score::float8 AS "overallScore",
    overall_performance_level AS "overallPerformanceLevel",
    dimension_scores AS "dimensionScores"
FROM scores
JOIN tests ON tests.test_id = scores.test_id
WHERE $1::text IS NULL AND $2::text IS NULL
ORDER BY "of", test_date, tests.test_id, score_id
