-- How did each student do over the years, beside the classroom, and beside the grade in the school and in the district? Oldest first.
-- ($1 and $2, the filters of other questions, are not for this one.)
WITH averages AS
(
    SELECT
        *,
        (sum(units) OVER classroom)::float8 / (nullif(count(units) OVER classroom, 0) * 10000)::float8 AS classroom_avg,
        (sum(units) OVER school)::float8 / (nullif(count(units) OVER school, 0) * 10000)::float8 AS school_avg,
        (sum(units) OVER district)::float8 / (nullif(count(units) OVER district, 0) * 10000)::float8 AS district_avg
    FROM (SELECT *, (overall_score * 10000)::bigint AS units FROM scores) AS scores
    WINDOW
        classroom AS (PARTITION BY teacher_id, school_year, test_id),
        school AS (PARTITION BY school_id, school_year, test_id, grade),
        district AS (PARTITION BY district_id, school_year, test_id, grade)
)
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
    district_id AS "districtId",
    status,
    overall_score::float8 AS "overallScore",
    overall_performance_level AS "overallPerformanceLevel",
    dimension_scores AS "dimensionScores",
    classroom_avg AS "classroomAvg",
    school_avg AS "schoolAvg",
    district_avg AS "districtAvg"
FROM averages
JOIN tests ON tests.test_id = averages.test_id
WHERE $1::text IS NULL AND $2::text IS NULL
ORDER BY "of", test_date, tests.test_id, score_id
