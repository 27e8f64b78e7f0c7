-- In which classrooms, years and tests may a student have a score? The way into facts.student_scores for one student's history.
-- Only ever added to: a place that a correction has emptied finds nothing there, so nothing need be taken back.
-- One partition a generation, so that a student's places are in a handful of parts. The month is part of the key: else a merge would leave one month
-- of a place.
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
PARTITION BY _generation
ORDER BY (_generation, student_id, teacher_id, school_year, test_id, month)
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024;

-- Fills it from every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS facts.student_score_places_from_changes TO facts.student_score_places AS
SELECT DISTINCT _generation, student_id, teacher_id, school_year, test_id, toStartOfMonth(test_date) AS month
FROM staging.scores_changes
WHERE _sign = 1;
