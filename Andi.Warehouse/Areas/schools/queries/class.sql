-- Which class has this id? No row: none has.
--   id: of the class.
--   generation: of the rows, known at the position that the answer is for.
SELECT class_id AS id, name, school_id AS schoolId, teacher_id AS teacherId, subject, school_year AS schoolYear
FROM dims.classes FINAL
WHERE _generation = {generation:UInt32}
    AND class_id = {id:String}
SETTINGS max_threads = 1
