-- Which teacher has this id? No row: none has.
SELECT teacher_id AS id, name, school_id AS schoolId
FROM dims.teachers_current
WHERE teacher_id = {id:String}
