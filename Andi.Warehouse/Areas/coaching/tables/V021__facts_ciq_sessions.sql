-- Which lessons of a teacher were observed, and what was measured in each? One row for every session that PostgreSQL holds.
-- Readers use facts.ciq_sessions_current, or FINAL and the generation.
-- ORDER BY: a teacher in the order of time, as that is what is asked; school, district, subject and grade have skip indexes.
-- A partition a month, as questions are about months, and a month that counts no longer is dropped whole.
CREATE TABLE IF NOT EXISTS facts.ciq_sessions
(
    _generation UInt32 CODEC(ZSTD(1)),
    session_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    subject LowCardinality(String),
    grade LowCardinality(String),
    started_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
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
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1)),
    INDEX school_id_of_granule school_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX district_id_of_granule district_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX subject_of_granule subject TYPE set(32) GRANULARITY 1,
    INDEX grade_of_granule grade TYPE set(32) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY (_generation, toYYYYMM(started_at))
ORDER BY (_generation, teacher_id, started_at, session_id)
TTL toStartOfMonth(toDate(started_at)) + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 50000, ttl_only_drop_parts = 1, index_granularity = 1024;

-- Fills it from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS facts.ciq_sessions_from_changes TO facts.ciq_sessions AS
SELECT
    _generation,
    session_id,
    teacher_id,
    subject,
    grade,
    started_at,
    duration_seconds,
    student_count,
    ciq_score,
    equity_score,
    wait_time_seconds,
    student_engagement,
    teacher_talk_ratio,
    open_questions,
    closed_questions,
    school_id,
    district_id,
    state_id,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.ciq_sessions_changes;
