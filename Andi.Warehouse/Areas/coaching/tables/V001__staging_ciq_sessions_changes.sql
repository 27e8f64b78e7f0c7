-- Every change of public.ciq_sessions, as it came: what was session X at any position, and which change made it so?
CREATE TABLE IF NOT EXISTS staging.ciq_sessions_changes
(
    session_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    subject LowCardinality(String),
    grade LowCardinality(String),
    started_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
    duration_seconds Int32 CODEC(ZSTD(1)),
    student_count Int32 CODEC(ZSTD(1)),
    ciq_score Decimal(5, 2) CODEC(ZSTD(1)),
    equity_score Decimal(5, 2) CODEC(ZSTD(1)),
    wait_time_seconds Decimal(6, 2) CODEC(ZSTD(1)),
    student_engagement Decimal(5, 2) CODEC(ZSTD(1)),
    teacher_talk_ratio Decimal(5, 4) CODEC(ZSTD(1)),
    open_questions Int32 CODEC(ZSTD(1)),
    closed_questions Int32 CODEC(ZSTD(1)),
    school_id LowCardinality(String),
    district_id LowCardinality(String),
    state_id LowCardinality(String),

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

    -- PostgreSQL refuses the same, so nothing is ever held up here. Sums of exact integers downstream rely on it, whoever writes.
    CONSTRAINT scores_are_0_to_100 CHECK (ciq_score BETWEEN 0 AND 100) AND (equity_score BETWEEN 0 AND 100) AND (student_engagement BETWEEN 0 AND 100),
    CONSTRAINT ratio_is_0_to_1 CHECK (teacher_talk_ratio BETWEEN 0 AND 1),
    CONSTRAINT nothing_is_negative CHECK wait_time_seconds >= 0 AND open_questions >= 0 AND closed_questions >= 0,
    -- A wider column here than in what is derived from it would have values cut there without a word (docs/schema-ahead.md).
    CONSTRAINT derived_decimals_are_exact CHECK
        accurateCastOrNull(ciq_score, 'Decimal(5, 2)') = ciq_score
        AND accurateCastOrNull(equity_score, 'Decimal(5, 2)') = equity_score
        AND accurateCastOrNull(wait_time_seconds, 'Decimal(6, 2)') = wait_time_seconds
        AND accurateCastOrNull(student_engagement, 'Decimal(5, 2)') = student_engagement
        AND accurateCastOrNull(teacher_talk_ratio, 'Decimal(5, 4)') = teacher_talk_ratio,
    CONSTRAINT not_fenced_off CHECK joinGet('ops.revoked_fences', 'revoked', 'ciq_sessions_changes', _generation, _partition, _fence) = 0
)
ENGINE = MergeTree
PARTITION BY (_generation, toYYYYMM(_committed_at))
ORDER BY (_partition, _offset, _sign)
TTL greatest(toDate(_committed_at), toDate(started_at)) + INTERVAL {{retention_months + 1}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1;
