-- Which teachers are there? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside dims.teachers.warehouse.sql.
SELECT
    teacher_id AS key,
    '1' AS copies,
    name,
    school_id,
    email
FROM public.teachers
ORDER BY teacher_id COLLATE "C"
