-- How did each student of each classroom do, beside the classroom, and beside the grade in the school and in the district?
-- $1: a school year, all, or null for the newest with rows; $2: a test, or null for all.
WITH averages AS
(
    SELECT
        *,
        max(school_year) FILTER (WHERE $2::text IS NULL OR test_id = $2) OVER (PARTITION BY teacher_id) AS newest,
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
    teacher_id AS "of",
    score_id AS "scoreId",
    averages.student_id AS "studentId",
    students.name AS "studentName",
    test_id AS "testId",
    school_year AS "schoolYear",
    status,
    overall_score::float8 AS "overallScore",
    overall_performance_level AS "overallPerformanceLevel",
    dimension_scores AS "dimensionScores",
    classroom_avg AS "classroomAvg",
    school_avg AS "schoolAvg",
    district_avg AS "districtAvg"
FROM averages
JOIN students ON students.student_id = averages.student_id
WHERE ($1::text = 'all' OR school_year = coalesce($1, newest))
    AND ($2 IS NULL OR test_id = $2)
ORDER BY "of", school_year, test_id, averages.student_id
