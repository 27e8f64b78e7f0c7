-- What is a test called, and of which subject is it? As of now. Readers use dims.tests_current.
CREATE TABLE IF NOT EXISTS dims.tests
(
    _generation UInt32 CODEC(ZSTD(1)),
    test_id String CODEC(ZSTD(1)),
    name String CODEC(ZSTD(1)),
    subject LowCardinality(String),
    max_score Decimal(7, 2) CODEC(ZSTD(1)),
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY _generation
ORDER BY (_generation, test_id)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024;

-- Fills it from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.tests_from_changes TO dims.tests AS
SELECT
    _generation,
    test_id,
    name,
    subject,
    max_score,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.tests_changes;
