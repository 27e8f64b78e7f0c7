-- Which teachers used which resource, how and when? One row for every use that PostgreSQL holds.
-- Every change writes its -1 row as a tombstone at the key and month it takes the row away from, and its +1 row where the row is now; the newest position of a key wins
-- (assessments/V010__facts_student_scores.sql). Readers use facts.resource_usage_current, or FINAL and the generation.
-- ORDER BY: a resource in the order of time; teacher, district and action have skip indexes.
-- A partition a month, as questions are about months, and a month that counts no longer is dropped whole. A block leaves a token for each month it touches: 50,000 are
-- remembered, where 30 inserts may follow a pending one and times reach over 1560 months (assessments/V056__tokens_remembered.sql).
CREATE TABLE IF NOT EXISTS facts.resource_usage
(
    _generation UInt32 CODEC(ZSTD(1)),
    usage_id String CODEC(ZSTD(1)),
    resource_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    action LowCardinality(String),
    duration_seconds Nullable(Int32) CODEC(ZSTD(1)),
    rating Nullable(Int16) CODEC(ZSTD(1)),
    occurred_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    school_id LowCardinality(String),
    district_id LowCardinality(String),
    state_id LowCardinality(String),
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1)),
    INDEX teacher_id_of_granule teacher_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX district_id_of_granule district_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX action_of_granule action TYPE set(32) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY (_generation, toYYYYMM(occurred_at))
ORDER BY (_generation, resource_id, occurred_at, usage_id)
TTL toStartOfMonth(toDate(occurred_at)) + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 50000, ttl_only_drop_parts = 1, index_granularity = 1024;
