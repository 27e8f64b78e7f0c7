-- What are some students called now?
--   ids: of the students.
--   generation: of the rows, known at the position that the answer is for.
SELECT student_id AS id, name
FROM dims.students FINAL
PREWHERE _generation = {generation:UInt32}
    AND student_id IN {ids:Array(String)}
SETTINGS max_threads = 1
