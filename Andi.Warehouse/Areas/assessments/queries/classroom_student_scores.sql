-- Which scores do a teacher's students have, or why none, and of which school, district and grade are they? In no order.
--   teacher; year, test: NULL for all.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    score_id AS scoreId,
    student_id AS studentId,
    test_id AS testId,
    school_year AS schoolYear,
    school_id AS schoolId,
    district_id AS districtId,
    grade,
    status,
    toInt32(toDecimal64(overall_score, 4) * 10000) AS units,
    overall_performance_level AS overallPerformanceLevel,
    dimension_scores AS dimensionScores
FROM facts.student_scores FINAL
-- Before rows are replaced only what is of the key may be looked at: a correction may have moved the date.
PREWHERE _generation = {generation:UInt32}
    AND teacher_id = {teacher:String}
    AND ({year:Nullable(String)} IS NULL OR school_year = {year:Nullable(String)})
    AND ({test:Nullable(String)} IS NULL OR test_id = {test:Nullable(String)})
WHERE test_date >= {oldest:Date}
SETTINGS do_not_merge_across_partitions_select_final = 1, max_threads = 1
