-- The scores @first to @last, as an import's file has them and as the table has them: every student takes every test in a year, and so on year after year;
-- a classroom of 30, all of one grade, takes a test on one day of its month.
-- Looks random, is not: ids (of the form that Andi gives them, a time and 74 random bits) and values come from a hash of the score's number.
SELECT
    left(t, 8) || '-' || right(t, 4) || '-7' || substr(h, 1, 3) || '-a' || substr(h, 4, 3) || '-' || substr(h, 7, 12) AS score_id,
    'P' || p AS student_id,
    'T' || (p - 1) / 30 + 1 AS teacher_id,
    'M' || m AS test_id,
    y || '-' || y + 1 AS school_year,
    make_date(y, 9 + (m - 1) % 4, 1 + (d % 28)::int) AS test_date,
    'scored' AS status,
    trim_scale((r / 128 % 10001)::numeric / 100) AS overall_score,
    (1 + r / 128 % 4)::smallint AS overall_performance_level,
    ('{"algebra": ' || r / 1280000 % 101 || ', "geometry": ' || r / 129280000 % 101 || '}')::jsonb AS dimension_scores,
    'S' || (p - 1) / 300 + 1 AS school_id,
    'D' || (p - 1) / 3000 + 1 AS district_id,
    'CA' AS state_id,
    ((p - 1) / 30 % 9 + 1)::text AS grade
FROM
(
    SELECT
        *,
        ('x' || right(h, 12))::bit(48)::bigint AS r,
        ('x' || right(md5((p - 1) / 30 || ' ' || m || ' ' || y), 12))::bit(48)::bigint AS d,
        lpad(to_hex(1735689600000 + n / 5), 12, '0') AS t
    FROM
    (
        SELECT
            n,
            (n - 1) % (@districts * 3000) + 1 AS p,
            ((n - 1) / (@districts * 3000) % 5 + 1)::int AS m,
            (2025 - (n - 1) / (@districts * 15000))::int AS y,
            md5(n::text) AS h
        FROM generate_series(@first::bigint, @last::bigint) AS n
    ) AS hashed
) AS numbered
