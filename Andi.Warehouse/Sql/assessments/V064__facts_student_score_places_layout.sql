-- V011__facts_student_score_places.sql with one partition a generation: a student's places are in a handful of parts, not some for each month. The month is part
-- of the key now: else a merge would leave one month of a place, which the partitions kept apart.
CREATE OR REPLACE TABLE facts.student_score_places
(
    _generation UInt32 CODEC(ZSTD(1)),
    student_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    school_year LowCardinality(String),
    test_id LowCardinality(String),
    month Date CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY _generation
ORDER BY (_generation, student_id, teacher_id, school_year, test_id, month)
TTL month + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024
AS SELECT * FROM facts.student_score_places;
