-- Correct scores: those numbered @first to @last, whose ids are made as in scores.sql, get the points that they missed. @table: of the shape of scores.
UPDATE @table AS scores
SET overall_score = 100 - overall_score
FROM
(
    SELECT left(t, 8) || '-' || right(t, 4) || '-7' || substr(h, 1, 3) || '-a' || substr(h, 4, 3) || '-' || substr(h, 7, 12) AS score_id
    FROM
    (
        SELECT md5(n::text) AS h, lpad(to_hex(1735689600000 + n / 5), 12, '0') AS t
        FROM generate_series(@first::bigint, @last::bigint) AS n
    ) AS hashed
) AS corrected
WHERE scores.score_id = corrected.score_id
