-- How did each student of a teacher do, beside the classroom, and beside the student's grade in the school and in the district?
-- Averages are of the row's own test and school year; school and district are those of the score.
--   teacher; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
WITH classroom AS
(
    SELECT
        student_id, school_year, test_id, school_id, district_id, grade, overall_score, overall_performance_level, dimension_scores,
        sum(toInt64(overall_score * 100)) OVER (PARTITION BY school_year, test_id) AS classroom_total,
        count() OVER (PARTITION BY school_year, test_id) AS classroom_n
    FROM facts.student_scores FINAL
    WHERE _generation = {generation:UInt32}
        AND test_date >= {oldest:Date}
        AND teacher_id = {teacher:String}
        AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
        AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
),
-- Where they may be: groups that a correction has emptied among them, which find no score.
groups AS
(
    SELECT DISTINCT school_id, district_id, school_year, test_id, grade
    FROM agg.classroom_scores
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND teacher_id = {teacher:String}
        AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
        AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
)
SELECT
    classroom.student_id AS studentId,
    student.name AS studentName,
    classroom.test_id AS testId,
    classroom.school_year AS schoolYear,
    overall_score AS overallScore,
    overall_performance_level AS overallPerformanceLevel,
    dimension_scores AS dimensionScores,
    andi_average(classroom_n, classroom_total, 100) AS classroomAvg,
    andi_average(school.n, school.score_total, 100) AS schoolAvg,
    andi_average(district.n, district.score_total, 100) AS districtAvg
FROM classroom
LEFT JOIN
(
    SELECT school_id, school_year, test_id, grade, sum(scores) AS n, sum(total) AS score_total
    FROM agg.school_scores
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND (school_id, school_year, test_id, grade) IN (SELECT school_id, school_year, test_id, grade FROM groups)
    GROUP BY school_id, school_year, test_id, grade
) AS school
    ON school.school_id = classroom.school_id AND school.school_year = classroom.school_year
    AND school.test_id = classroom.test_id AND school.grade = classroom.grade
LEFT JOIN
(
    SELECT district_id, school_year, test_id, grade, sum(scores) AS n, sum(total) AS score_total
    FROM agg.district_scores
    WHERE _generation = {generation:UInt32}
        AND month >= {oldest:Date}
        AND (district_id, school_year, test_id, grade) IN (SELECT district_id, school_year, test_id, grade FROM groups)
    GROUP BY district_id, school_year, test_id, grade
) AS district
    ON district.district_id = classroom.district_id AND district.school_year = classroom.school_year
    AND district.test_id = classroom.test_id AND district.grade = classroom.grade
LEFT JOIN
(
    SELECT student_id, name
    FROM dims.students FINAL
    WHERE _generation = {generation:UInt32}
        AND student_id IN (SELECT student_id FROM facts.student_scores WHERE _generation = {generation:UInt32} AND teacher_id = {teacher:String})
) AS student ON student.student_id = classroom.student_id
ORDER BY schoolYear, testId, studentId
SETTINGS do_not_merge_across_partitions_select_final = 1, join_use_nulls = 1, max_threads = 1
