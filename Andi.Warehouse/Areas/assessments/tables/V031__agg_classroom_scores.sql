-- How did a classroom do in a test?
--   scores: how many.  total, squares: sum and sum of squares of the score in hundredths.  levels: sum of the performance levels.
--   excellent (90 and above), good (80 to below 90), fair (70 to below 80), needs_improvement (below 70): how many.
--   histogram: score in hundredths -> how many; minimum, maximum, median and quantiles come from it (andi_percentile).
-- ORDER BY: a teacher, a year and a test find one range of some rows.
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
PARTITION BY _generation
ORDER BY (_generation, teacher_id, school_year, test_id, grade, subject, school_id, district_id, state_id, month)
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000;

-- Adds every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.classroom_scores_from_changes TO agg.classroom_scores AS
SELECT
    _generation,
    teacher_id,
    school_year,
    test_id,
    grade,
    subject,
    school_id,
    district_id,
    state_id,
    toStartOfMonth(test_date) AS month,
    sum(toInt64(_sign)) AS scores,
    sum(_sign * toInt64(overall_score * 100)) AS total,
    sum(_sign * toInt64(overall_score * 100) * toInt64(overall_score * 100)) AS squares,
    sum(_sign * toInt64(overall_performance_level)) AS levels,
    sum(_sign * toInt64(overall_score >= 90)) AS excellent,
    sum(_sign * toInt64(overall_score >= 80 AND overall_score < 90)) AS good,
    sum(_sign * toInt64(overall_score >= 70 AND overall_score < 80)) AS fair,
    sum(_sign * toInt64(overall_score < 70)) AS needs_improvement,
    sumMap(map(toInt32(overall_score * 100), toInt64(_sign))) AS histogram
FROM staging.scores_changes
GROUP BY _generation, teacher_id, school_year, test_id, grade, subject, school_id, district_id, state_id, month;
