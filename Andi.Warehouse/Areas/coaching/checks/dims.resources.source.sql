-- Which resources are there? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside dims.resources.warehouse.sql.
SELECT
    resource_id AS key,
    '1' AS copies,
    title,
    kind,
    subject,
    grade_band
FROM public.resources
ORDER BY resource_id COLLATE "C"
