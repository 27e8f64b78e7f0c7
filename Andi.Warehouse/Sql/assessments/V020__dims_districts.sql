-- What is a district called, and in which state is it? As of now; the newest position of a key wins, a deletion too (see V010__facts_student_scores.sql).
-- Readers use dims.districts_current, or the dictionary dims.districts_by_id over it.
CREATE TABLE IF NOT EXISTS dims.districts
(
    _generation UInt32 CODEC(ZSTD(1)),
    district_id String CODEC(ZSTD(1)),
    name String CODEC(ZSTD(1)),
    state_id LowCardinality(String),
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY _generation
ORDER BY (_generation, district_id)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024;
