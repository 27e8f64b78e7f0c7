-- Which students does a teacher have scores of? Each once, in no order.
--   teacher.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT DISTINCT student_id AS studentId
FROM facts.student_scores FINAL
PREWHERE _generation = {generation:UInt32}
    AND teacher_id = {teacher:String}
WHERE test_date >= {oldest:Date}
SETTINGS do_not_merge_across_partitions_select_final = 1, max_threads = 1
