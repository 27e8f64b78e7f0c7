-- Is or was a student in a class of a teacher? A row with the student's id if so.
--   teacher, student: their ids.
--   generation: of the rows, known at the position that the answer is for.
SELECT student_id AS id
FROM dims.enrollments FINAL
WHERE _generation = {generation:UInt32}
    AND class_id IN (SELECT class_id FROM dims.classes FINAL WHERE _generation = {generation:UInt32} AND teacher_id = {teacher:String})
    AND student_id = {student:String}
LIMIT 1
SETTINGS max_threads = 1
