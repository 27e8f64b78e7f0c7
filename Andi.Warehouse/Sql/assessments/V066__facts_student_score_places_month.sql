-- V064__facts_student_score_places_layout.sql with the month in the key: without a partition a month nothing else keeps the months of a place apart, and a merge
-- left only one of them. Filled anew from the scores that stand, as some may be gone already.
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
AS SELECT DISTINCT _generation, student_id, teacher_id, school_year, test_id, toStartOfMonth(test_date) AS month
FROM facts.student_scores
WHERE NOT _is_deleted;
