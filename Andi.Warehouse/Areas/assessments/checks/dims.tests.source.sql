-- Which tests are there? As PostgreSQL has it, each row as text under its key, in the order of the keys' bytes; beside dims.tests.warehouse.sql.
SELECT
    test_id AS key,
    '1' AS copies,
    name,
    subject,
    trim_scale(min_score)::text AS min_score_text,
    trim_scale(max_score)::text AS max_score_text,
    decimals::text AS decimals_text,
    (
        SELECT coalesce(string_agg(band ->> 'name' || '=' || trim_scale((band ->> 'from')::numeric)::text, ', ' ORDER BY place), '')
        FROM jsonb_array_elements(bands) WITH ORDINALITY AS listed (band, place)
    ) AS bands_text,
    (SELECT coalesce(string_agg(level, ', ' ORDER BY place), '') FROM jsonb_array_elements_text(levels) WITH ORDINALITY AS listed (level, place)) AS levels_text
FROM public.tests
ORDER BY test_id COLLATE "C"
