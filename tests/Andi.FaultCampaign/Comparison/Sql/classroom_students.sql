-- How did each student of each classroom do, beside the classroom, and beside the grade in the school and in the district?
WITH averages AS
(
    SELECT
        *,
        (sum((overall_score * 100)::bigint) OVER classroom)::float8 / (count(*) OVER classroom * 100)::float8 AS classroom_avg,
        (sum((overall_score * 100)::bigint) OVER school)::float8 / (count(*) OVER school * 100)::float8 AS school_avg,
        (sum((overall_score * 100)::bigint) OVER district)::float8 / (count(*) OVER district * 100)::float8 AS district_avg
    FROM scores
    WINDOW
        classroom AS (PARTITION BY teacher_id, school_year, test_id),
        school AS (PARTITION BY school_id, school_year, test_id, grade),
        district AS (PARTITION BY district_id, school_year, test_id, grade)
)
SELECT
    teacher_id AS "of",
    averages.student_id AS "studentId",
    students.name AS "studentName",
    test_id AS "testId",
    school_year AS "schoolYear",
    overall_score::float8 AS "overallScore",
    overall_performance_level AS "overallPerformanceLevel",
    dimension_scores AS "dimensionScores",
    classroom_avg AS "classroomAvg",
    school_avg AS "schoolAvg",
    district_avg AS "districtAvg"
FROM averages
JOIN students ON students.student_id = averages.student_id
WHERE ($1::text IS NULL OR school_year = $1)
    AND ($2::text IS NULL OR test_id = $2)
ORDER BY "of", school_year, test_id, averages.student_id
