-- Which students of whom a teacher has scores are called so, or have an id that begins so? The best matches first, with the schools that they are in; at
-- most so many.
--   text: a part of the name, or the beginning of the id.   most: how many.
--   teacher: the id.
--   generation, oldest: the generation of the rows and the oldest month that counts, both known at the position that the answer is for.
SELECT student_id AS id, name, school_id AS within, andi_match_rank(student_id, folded_name, andi_folded({text:String})) AS rank
FROM dims.students FINAL
PREWHERE _generation = {generation:UInt32}
    AND student_id IN
    (
        SELECT student_id
        FROM facts.student_scores FINAL
        PREWHERE _generation = {generation:UInt32}
            AND teacher_id = {teacher:String}
        WHERE test_date >= {oldest:Date}
    )
WHERE andi_matches(student_id, folded_name, andi_folded({text:String}))
ORDER BY rank, name, id
LIMIT {most:UInt32}
SETTINGS do_not_merge_across_partitions_select_final = 1, max_threads = 1
