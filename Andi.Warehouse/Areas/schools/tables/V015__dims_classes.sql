-- Which classes are there, of which school, teacher, subject and school year? As of now. Readers use dims.classes_current.
CREATE TABLE IF NOT EXISTS dims.classes
(
    _generation UInt32 CODEC(ZSTD(1)),
    class_id String CODEC(ZSTD(1)),
    name String CODEC(ZSTD(1)),
    school_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    subject Nullable(String) CODEC(ZSTD(1)),
    school_year LowCardinality(String),
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY _generation
ORDER BY (_generation, class_id)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024;

-- Fills it from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.classes_from_changes TO dims.classes AS
SELECT
    _generation,
    class_id,
    name,
    school_id,
    teacher_id,
    subject,
    school_year,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.classes_changes;
