-- Which students are there, and what do answers about each say of it?
SELECT student_id AS "of", student_id AS "studentId", name AS "studentName", grade, school_id AS "schoolId"
FROM students
