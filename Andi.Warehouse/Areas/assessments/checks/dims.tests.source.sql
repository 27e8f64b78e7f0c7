-- Which tests are there? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside dims.tests.warehouse.sql.
SELECT
    test_id AS key,
    '1' AS copies,
    name,
    subject,
    trim_scale(max_score)::text AS max_score_text
FROM public.tests
ORDER BY test_id COLLATE "C"
