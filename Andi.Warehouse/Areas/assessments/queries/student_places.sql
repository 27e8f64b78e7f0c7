-- Who gave a student a score, and in which school was it recorded?
--   student: the id.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT DISTINCT teacher_id AS teacherId, school_id AS schoolId
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
SETTINGS do_not_merge_across_partitions_select_final = 1
