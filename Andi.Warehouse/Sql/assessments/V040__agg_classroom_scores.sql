-- How did a classroom do in a test? Sums of sign * value over the changes, so that what a correction replaces is taken back; all of them exact integers.
--   scores: how many.  total, squares: sum and sum of squares of the score in hundredths.  levels: sum of the performance levels.
--   excellent (90 and above), good (80 to below 90), fair (70 to below 80), needs_improvement (below 70): how many.
--   histogram: score in hundredths -> how many; minimum, maximum, median and quantiles come from it (andi_percentile).
-- A group whose scores add up to 0 is gone; readers leave it out. School, district and state are the ones at the time of the score.
-- ORDER BY: a teacher, a year and a test find one range of some rows. Small granules: an answer reads a handful of rows, each with its histogram.
CREATE TABLE IF NOT EXISTS agg.classroom_scores
(
    _generation UInt32 CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    school_year LowCardinality(String),
    test_id LowCardinality(String),
    grade LowCardinality(String),
    subject LowCardinality(String),
    school_id LowCardinality(String),
    district_id LowCardinality(String),
    state_id LowCardinality(String),
    month Date CODEC(ZSTD(1)),
    scores SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    squares SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    levels SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    excellent SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    good SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    fair SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    needs_improvement SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    histogram SimpleAggregateFunction(sumMap, Map(Int32, Int64)) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY (_generation, toYYYYMM(month))
ORDER BY (_generation, teacher_id, school_year, test_id, grade, subject, school_id, district_id, state_id, month)
TTL month + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 512;
