-- What is a resource called, and of which kind, subject and grades is it? As of now; the newest position of a key wins, a deletion too.
-- Readers use dims.resources_current, or the dictionary dims.resources_by_id over it.
CREATE TABLE IF NOT EXISTS dims.resources
(
    _generation UInt32 CODEC(ZSTD(1)),
    resource_id String CODEC(ZSTD(1)),
    title String CODEC(ZSTD(1)),
    kind LowCardinality(String),
    subject LowCardinality(String),
    grade_band LowCardinality(String),
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY _generation
ORDER BY (_generation, resource_id)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024;
