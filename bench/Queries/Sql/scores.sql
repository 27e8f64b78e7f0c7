-- The scores $first to $last of School/Sql/scores.sql, landed as the ingestor would: rows of one partition in the order of their offsets, through all views.
INSERT INTO staging.scores_changes
(
    score_id, student_id, teacher_id, test_id, school_year, test_date, status, overall_score, overall_performance_level, dimension_scores,
    school_id, district_id, state_id, grade, _sign, _position, _txid, _generation, _partition, _offset, _committed_at, _ingested_at
)
SELECT
    substring(t, 1, 8) || '-' || substring(t, 9, 4) || '-7' || substring(h, 1, 3) || '-a' || substring(h, 4, 3) || '-' || substring(h, 7, 12) AS score_id,
    'P' || toString(p) AS student_id,
    'T' || toString(intDiv(p - 1, 30) + 1) AS teacher_id,
    'M' || toString(m) AS test_id,
    toString(y) || '-' || toString(y + 1) AS school_year,
    makeDate(y, 9 + d % 4, 1 + intDiv(d, 4) % 28) AS test_date,
    'scored' AS status,
    CAST(intDiv(r, 128) % 10001, 'Decimal(9, 2)') / 100 AS overall_score,
    1 + intDiv(r, 128) % 4 AS overall_performance_level,
    '{"algebra": ' || toString(intDiv(r, 1280000) % 101) || ', "geometry": ' || toString(intDiv(r, 129280000) % 101) || '}' AS dimension_scores,
    'S' || toString(intDiv(p - 1, 300) + 1) AS school_id,
    'D' || toString(intDiv(p - 1, 3000) + 1) AS district_id,
    'CA' AS state_id,
    toString(intDiv(p - 1, 30) % 9 + 1) AS grade,
    1,
    toUInt128(2 + intDiv(n, 50000)) * 4294967296 + n % 50000,
    intDiv(n, 50000),
    1,
    intDiv(n, 1000000) % 3,
    n,
    now64(6),
    now64(6)
FROM
(
    SELECT
        *,
        reinterpretAsUInt64(reverse(unhex(right(h, 12)))) AS r,
        reinterpretAsUInt64(reverse(unhex(right(lower(hex(MD5(toString(intDiv(p - 1, 30)) || ' ' || toString(m) || ' ' || toString(y)))), 12)))) AS d,
        lower(leftPad(hex(1735689600000 + intDiv(n, 5)), 12, '0')) AS t
    FROM
    (
        SELECT
            number + $first AS n,
            (n - 1) % ($districts * 3000) + 1 AS p,
            intDiv(n - 1, $districts * 3000) % 5 + 1 AS m,
            2025 - intDiv(n - 1, $districts * 15000) AS y,
            lower(hex(MD5(toString(n)))) AS h
        FROM numbers($last - $first + 1)
    )
)
