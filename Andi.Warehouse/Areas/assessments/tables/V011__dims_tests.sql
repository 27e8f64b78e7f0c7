-- What is a test called, of which subject is it, and on which scale are its scores? As of now. Readers use dims.tests_current.
CREATE TABLE IF NOT EXISTS dims.tests
(
    _generation UInt32 CODEC(ZSTD(1)),
    test_id String CODEC(ZSTD(1)),
    name String CODEC(ZSTD(1)),
    subject LowCardinality(String),
    min_score Decimal(9, 4) CODEC(ZSTD(1)),
    max_score Decimal(9, 4) CODEC(ZSTD(1)),
    decimals Int16 CODEC(ZSTD(1)),
    bands Array(Tuple(name String, `from` Decimal(9, 4))) CODEC(ZSTD(1)),
    levels Array(String) CODEC(ZSTD(1)),
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
    min_score,
    max_score,
    decimals,
    JSONExtract(bands, 'Array(Tuple(name String, `from` Decimal(9, 4)))') AS bands,
    JSONExtract(levels, 'Array(String)') AS levels,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.tests_changes;
