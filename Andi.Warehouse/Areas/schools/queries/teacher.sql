-- Which teacher has this id? No row: none has.
--   generation: of the rows, known at the position that the answer is for.
SELECT teacher_id AS id, name, school_id AS schoolId
FROM dims.teachers FINAL
WHERE _generation = {generation:UInt32}
    AND teacher_id = {id:String}
SETTINGS max_threads = 1
