-- Which teachers are there, and what do answers about each say of it?
SELECT teacher_id AS "of", teacher_id AS "teacherId", name AS "teacherName", school_id AS "schoolId"
FROM teachers
