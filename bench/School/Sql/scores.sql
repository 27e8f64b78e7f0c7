-- The scores @first to @last, as an import's file has them and as the table has them: every student takes every test in a year, and so on year after year.
-- Looks random, is not: each value comes from its number by multiplication.
SELECT
    'X' || n AS score_id,
    'P' || p AS student_id,
    'T' || (p - 1) / 30 + 1 AS teacher_id,
    'M' || m AS test_id,
    y::text AS school_year,
    make_date(y, 9 + (h % 4)::int, 1 + (h / 4 % 28)::int) AS test_date,
    (h / 128 % 10001)::numeric / 100 AS overall_score,
    (1 + h / 128 % 4)::smallint AS overall_performance_level,
    ('{"algebra": ' || h / 512 % 101 || ', "geometry": ' || h / 1024 % 101 || '}')::jsonb AS dimension_scores,
    'S' || (p - 1) / 300 + 1 AS school_id,
    'D' || (p - 1) / 3000 + 1 AS district_id,
    'CA' AS state_id,
    (ARRAY['math', 'reading', 'science', 'writing', 'history'])[m] AS subject,
    ((p - 1) % 9 + 1)::text AS grade
FROM
(
    SELECT
        n,
        (n - 1) % (@districts * 3000) + 1 AS p,
        ((n - 1) / (@districts * 3000) % 5 + 1)::int AS m,
        (2025 - (n - 1) / (@districts * 15000))::int AS y,
        n * 2654435761 % 1099511627776 AS h
    FROM generate_series(@first::bigint, @last::bigint) AS n
) AS numbered
