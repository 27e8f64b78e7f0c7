-- How did a teacher's lessons go, day by day (UTC)? Sums of sign * value over the changes, so that what a correction replaces is taken back; all of them exact integers.
--   sessions: how many.  seconds_total: their length.  students_total: sum of the students present.
--   ciq_, equity_, engagement_total and _squares: sum and sum of squares of the score in hundredths.  wait_: of the wait time in hundredths of a second.
--   talk_: of the teacher's share of the talk, in ten-thousandths.  open_, closed_questions_total: how many were asked.
--   engagement_by_ciq, engagement_by_wait: sums of the products of both, for correlations (andi_correlation).
--   equity_histogram: equity score in hundredths -> how many; distribution, median and quantiles come from it (andi_percentile).
-- A group whose sessions add up to 0 is gone; readers leave it out. School, district and state are the ones at the time of the session.
-- ORDER BY: a teacher is one range in the order of days. Laid out for small reads as assessments/V060__agg_classroom_scores_layout.sql.
CREATE TABLE IF NOT EXISTS agg.daily_teacher_performance
(
    _generation UInt32 CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    day Date CODEC(ZSTD(1)),
    subject LowCardinality(String),
    grade LowCardinality(String),
    school_id LowCardinality(String),
    district_id LowCardinality(String),
    state_id LowCardinality(String),
    sessions SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    seconds_total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    students_total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    ciq_total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    ciq_squares SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    equity_total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    equity_squares SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    wait_total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    wait_squares SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    engagement_total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    engagement_squares SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    talk_total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    talk_squares SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    open_questions_total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    closed_questions_total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    engagement_by_ciq SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    engagement_by_wait SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    equity_histogram SimpleAggregateFunction(sumMap, Map(Int32, Int64)) CODEC(ZSTD(1)),
    INDEX school_id_of_granule school_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX district_id_of_granule district_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = AggregatingMergeTree
PARTITION BY _generation
ORDER BY (_generation, teacher_id, day, subject, grade, school_id, district_id, state_id)
TTL toStartOfMonth(day) + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000;
