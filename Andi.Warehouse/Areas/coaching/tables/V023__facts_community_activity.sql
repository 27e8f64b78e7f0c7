-- Which teachers took part in the community, how, in which forum and when? One row for every activity that PostgreSQL holds.
-- Readers use facts.community_activity_current, or FINAL and the generation.
-- ORDER BY: a district in the order of time; teacher, forum and kind have skip indexes.
-- A partition a month, as questions are about months, and a month that counts no longer is dropped whole.
CREATE TABLE IF NOT EXISTS facts.community_activity
(
    _generation UInt32 CODEC(ZSTD(1)),
    activity_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    kind LowCardinality(String),
    forum LowCardinality(String),
    occurred_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    school_id LowCardinality(String),
    district_id LowCardinality(String),
    state_id LowCardinality(String),
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1)),
    INDEX teacher_id_of_granule teacher_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX forum_of_granule forum TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX kind_of_granule kind TYPE set(32) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY (_generation, toYYYYMM(occurred_at))
ORDER BY (_generation, district_id, occurred_at, activity_id)
TTL toStartOfMonth(toDate(occurred_at)) + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 50000, ttl_only_drop_parts = 1, index_granularity = 1024;

-- Fills it from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS facts.community_activity_from_changes TO facts.community_activity AS
SELECT
    _generation,
    activity_id,
    teacher_id,
    kind,
    forum,
    occurred_at,
    school_id,
    district_id,
    state_id,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.community_activity_changes;
