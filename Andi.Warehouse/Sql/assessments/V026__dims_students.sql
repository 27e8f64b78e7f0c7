-- Who is a student, in which grade and at which school? As of now; the newest position of a key wins, a deletion too (see V010__facts_student_scores.sql).
-- Readers use dims.students_current, or the dictionary dims.students_by_id over it.
CREATE TABLE IF NOT EXISTS dims.students
(
    _generation UInt32 CODEC(ZSTD(1)),
    student_id String CODEC(ZSTD(1)),
    name String CODEC(ZSTD(1)),
    grade LowCardinality(String),
    school_id String CODEC(ZSTD(1)),
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY _generation
ORDER BY (_generation, student_id)
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024;
