-- What did each student of a classroom score? One row for every score that PostgreSQL holds.
-- Every change writes its -1 row as a tombstone at the key and month it takes the row away from, and its +1 row where the row is now; at one key the newest
-- position wins, and within one change the row wins over the tombstone. So a score that moves to another teacher, year or month leaves nothing behind,
-- although ReplacingMergeTree only collapses rows of equal keys in one partition. Readers use facts.student_scores_current.
-- ORDER BY: classroom first, as that is what is asked; a student's history goes by facts.student_score_places.
-- Codecs: keys are sorted runs, ZSTD(1) makes nearly nothing of them; the version's upper bytes are the same in a batch.
CREATE TABLE IF NOT EXISTS facts.student_scores
(
    _generation UInt32 CODEC(ZSTD(1)),
    score_id String CODEC(ZSTD(1)),
    student_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    test_id LowCardinality(String),
    school_year LowCardinality(String),
    test_date Date CODEC(ZSTD(1)),
    grade LowCardinality(String),
    subject LowCardinality(String),
    school_id LowCardinality(String),
    district_id LowCardinality(String),
    state_id LowCardinality(String),
    overall_score Decimal(5, 2) CODEC(ZSTD(1)),
    overall_performance_level Int16 CODEC(ZSTD(1)),
    dimension_scores Map(LowCardinality(String), Decimal(9, 4)) CODEC(ZSTD(1)),
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(1)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY (_generation, toYYYYMM(test_date))
ORDER BY (_generation, teacher_id, school_year, test_id, student_id, score_id)
TTL toStartOfMonth(test_date) + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1;
