-- Which teachers took part in the community, how, in which forum and when? One row for every activity that PostgreSQL holds.
-- Every change writes its -1 row as a tombstone at the key and month it takes the row away from, and its +1 row where the row is now; the newest position of a key wins
-- (assessments/V010__facts_student_scores.sql). Readers use facts.community_activity_current, or FINAL and the generation.
-- ORDER BY: a district in the order of time; teacher, forum and kind have skip indexes.
-- A partition a month, as questions are about months, and a month that counts no longer is dropped whole. A block leaves a token for each month it touches: 50,000 are
-- remembered, where 30 inserts may follow a pending one and times reach over 1560 months (assessments/V056__tokens_remembered.sql).
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
TTL toStartOfMonth(toDate(occurred_at)) + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 50000, ttl_only_drop_parts = 1, index_granularity = 1024;
