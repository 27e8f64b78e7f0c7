-- Which teachers used which resource, how and when? One row for every use that PostgreSQL holds.
-- Readers use facts.resource_usage_current, or FINAL and the generation.
-- ORDER BY: a resource in the order of time; teacher, district and action have skip indexes.
-- A partition a month, as questions are about months, and a month that counts no longer is dropped whole.
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
TTL toStartOfMonth(toDate(occurred_at)) + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 50000, ttl_only_drop_parts = 1, index_granularity = 1024;

-- Fills it from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS facts.resource_usage_from_changes TO facts.resource_usage AS
SELECT
    _generation,
    usage_id,
    resource_id,
    teacher_id,
    action,
    duration_seconds,
    rating,
    occurred_at,
    school_id,
    district_id,
    state_id,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.resource_usage_changes;
