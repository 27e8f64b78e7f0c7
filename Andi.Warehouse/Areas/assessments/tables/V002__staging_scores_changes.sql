-- Every change of public.scores, as it came: what was score X at any position, and which change made it so?
CREATE TABLE IF NOT EXISTS staging.scores_changes
(
    score_id String CODEC(ZSTD(1)),
    student_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    test_id LowCardinality(String),
    school_year LowCardinality(String),
    test_date Date CODEC(ZSTD(1)),
    status LowCardinality(String),
    overall_score Nullable(Decimal(9, 4)) CODEC(ZSTD(1)),
    overall_performance_level Nullable(Int16) CODEC(ZSTD(1)),
    -- The JSON object as it came; the views behind read it into a Map.
    dimension_scores String CODEC(ZSTD(1)),
    school_id LowCardinality(String),
    district_id LowCardinality(String),
    state_id LowCardinality(String),
    grade LowCardinality(String),

    -- Landing columns, alike in every staging table.
    _sign Int8 CODEC(ZSTD(1)),
    _position UInt128 CODEC(ZSTD(1)),
    _txid UInt64 CODEC(Delta(8), ZSTD(1)),
    _deleted UInt8 CODEC(ZSTD(1)),
    _generation UInt32 CODEC(ZSTD(1)),
    _partition UInt16 CODEC(ZSTD(1)),
    _offset Int64 CODEC(Delta(8), ZSTD(1)),
    _committed_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
    _ingested_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
    _unmapped String CODEC(ZSTD(1)),
    _fence Int64 CODEC(ZSTD(1)),

    -- A wider column here than in what is derived from it would have values cut there without a word (docs/schema-ahead.md).
    CONSTRAINT derived_decimals_are_exact CHECK
        isNull(overall_score) OR ifNull(accurateCastOrNull(overall_score, 'Decimal(9, 4)') = overall_score, 0),
    CONSTRAINT not_fenced_off CHECK joinGet('ops.revoked_fences', 'revoked', 'scores_changes', _generation, _partition, _fence) = 0
)
ENGINE = MergeTree
PARTITION BY (_generation, toYYYYMM(_committed_at))
ORDER BY (_partition, _offset, _sign)
TTL greatest(toDate(_committed_at), test_date) + INTERVAL {{retention_months + 1}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1;
