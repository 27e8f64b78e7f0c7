-- Which districts are there? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside dims.districts.warehouse.sql.
SELECT
    district_id AS key,
    '1' AS copies,
    name,
    state_id
FROM public.districts
ORDER BY district_id COLLATE "C"
