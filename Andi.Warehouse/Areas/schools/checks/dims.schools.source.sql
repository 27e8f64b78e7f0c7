-- Which schools are there? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside dims.schools.warehouse.sql.
SELECT
    school_id AS key,
    '1' AS copies,
    name,
    district_id
FROM public.schools
ORDER BY school_id COLLATE "C"
