-- What is a resource called, and of which kind, subject and grades is it? As of now. Readers use dims.resources_current.
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

-- Fills it from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.resources_from_changes TO dims.resources AS
SELECT
    _generation,
    resource_id,
    title,
    kind,
    subject,
    grade_band,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.resources_changes;
