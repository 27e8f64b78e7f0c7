-- Which scores do the students of a district have in a year, and where? In no order. What is published to those who may not see the students is made of them.
--   district; year.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT
    student_id AS studentId,
    test_id AS testId,
    school_id AS schoolId,
    grade,
    teacher_id AS teacherId,
    toInt32(toDecimal64(assumeNotNull(overall_score), 4) * 10000) AS units,
    dimension_scores AS dimensionScores
FROM facts.student_scores FINAL
-- Before rows are replaced only what is of the key may be looked at.
PREWHERE _generation = {generation:UInt32}
    AND school_year = {year:String}
WHERE test_date >= {oldest:Date} AND district_id = {district:String} AND status = 'scored' AND isNotNull(overall_score)
SETTINGS do_not_merge_across_partitions_select_final = 1
