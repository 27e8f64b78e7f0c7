-- Which student has this id? No row: none has.
SELECT student_id AS id, name, grade, school_id AS schoolId
FROM dims.students_current
WHERE student_id = {id:String}
