-- From the topic into the landing table: a row for the image before, a row for the image after. Heartbeats leave nothing.
CREATE MATERIALIZED VIEW bench.score_events_landed TO staging.scores_changes AS
SELECT
    image.score_id AS score_id,
    image.student_id AS student_id,
    image.teacher_id AS teacher_id,
    image.test_id AS test_id,
    image.school_year AS school_year,
    image.test_date AS test_date,
    image.status AS status,
    image.overall_score AS overall_score,
    image.overall_performance_level AS overall_performance_level,
    image.dimension_scores AS dimension_scores,
    image.school_id AS school_id,
    image.district_id AS district_id,
    image.state_id AS state_id,
    image.grade AS grade,
    sign AS _sign,
    bitOr(bitShiftLeft(toUInt128(source.lsn), 32), toUInt128(source.seq)) AS _position,
    source.txId AS _txid,
    op = 'd' AS _deleted,
    source.generation AS _generation,
    fromUnixTimestamp64Milli(source.ts_ms) AS _committed_at,
    now64(6) AS _ingested_at
FROM bench.score_events
ARRAY JOIN
    multiIf(op = 'u', [before, after], op = 'd', [before], [after]) AS image,
    multiIf(op = 'u', [toInt8(-1), toInt8(1)], op = 'd', [toInt8(-1)], [toInt8(1)]) AS sign
WHERE op != 'h'
