-- Which student has this id? No row: none has.
--   generation: of the rows, known at the position that the answer is for.
SELECT student_id AS id, name, grade, school_id AS schoolId
FROM dims.students FINAL
WHERE _generation = {generation:UInt32}
    AND student_id = {id:String}
SETTINGS max_threads = 1
