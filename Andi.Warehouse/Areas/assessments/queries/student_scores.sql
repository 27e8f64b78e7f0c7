-- How did a student do over the years? Oldest first.
--   student.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    score_id AS scoreId,
    school_year AS schoolYear,
    test_date AS testDate,
    test_id AS testId,
    grade,
    teacher_id AS teacherId,
    school_id AS schoolId,
    district_id AS districtId,
    status,
    overall_score AS overallScore,
    overall_performance_level AS overallPerformanceLevel,
    dimension_scores AS dimensionScores
FROM facts.student_scores FINAL
WHERE _generation = {generation:UInt32}
    AND test_date >= {oldest:Date}
    AND student_id = {student:String}
    AND (teacher_id, school_year, test_id) IN
    (
        SELECT teacher_id, school_year, test_id
        FROM facts.student_score_places
        WHERE _generation = {generation:UInt32}
            AND month >= {oldest:Date}
            AND student_id = {student:String}
    )
ORDER BY test_date, testId, scoreId
SETTINGS do_not_merge_across_partitions_select_final = 1
