-- Which students are in a class, from which day on and until before which? As of now. Readers use dims.enrollments_current.
CREATE TABLE IF NOT EXISTS dims.enrollments
(
    _generation UInt32 CODEC(ZSTD(1)),
    class_id String CODEC(ZSTD(1)),
    student_id String CODEC(ZSTD(1)),
    from_date Date CODEC(ZSTD(1)),
    to_date Nullable(Date) CODEC(ZSTD(1)),
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY _generation
ORDER BY (_generation, class_id, student_id, from_date)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024;

-- Fills it from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS dims.enrollments_from_changes TO dims.enrollments AS
SELECT
    _generation,
    class_id,
    student_id,
    from_date,
    to_date,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.enrollments_changes;
