-- In which classrooms, years and tests may a student have a score? The way into facts.student_scores for one student's history.
-- Only ever added to: a place that a correction has emptied finds nothing there, so nothing need be taken back.
CREATE TABLE IF NOT EXISTS facts.student_score_places
(
    _generation UInt32 CODEC(ZSTD(1)),
    student_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    school_year LowCardinality(String),
    test_id LowCardinality(String),
    month Date CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY (_generation, toYYYYMM(month))
ORDER BY (_generation, student_id, teacher_id, school_year, test_id)
TTL month + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1;
