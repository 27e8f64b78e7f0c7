-- Which students are in which class? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes;
-- beside dims.enrollments.warehouse.sql.
SELECT
    (class_id || '/' || student_id || '/' || to_char(from_date, 'YYYY-MM-DD')) AS key,
    '1' AS copies,
    to_char(to_date, 'YYYY-MM-DD') AS until
FROM public.enrollments
ORDER BY (class_id || '/' || student_id || '/' || to_char(from_date, 'YYYY-MM-DD')) COLLATE "C"
