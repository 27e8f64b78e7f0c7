-- Which students are there? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside dims.students.warehouse.sql.
SELECT
    student_id AS key,
    '1' AS copies,
    name,
    grade,
    school_id
FROM public.students
ORDER BY student_id COLLATE "C"
