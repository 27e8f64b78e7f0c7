-- What is a district called, and in which state is it? As of now. Readers use dims.districts_current.
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

-- Fills it from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.districts_from_changes TO dims.districts AS
SELECT
    _generation,
    district_id,
    name,
    state_id,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.districts_changes;
