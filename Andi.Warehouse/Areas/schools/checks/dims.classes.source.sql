-- Which classes are there? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside dims.classes.warehouse.sql.
SELECT
    class_id AS key,
    '1' AS copies,
    name,
    school_id,
    teacher_id,
    subject,
    school_year
FROM public.classes
ORDER BY class_id COLLATE "C"
