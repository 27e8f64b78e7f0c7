-- How do the lessons of a district develop, month by month? The measures are those of V120__agg_daily_teacher_performance.sql.
-- ORDER BY: one district is one range; the districts of a state are found by the skip index. Active teachers are counted from agg.weekly_teacher_activity.
CREATE TABLE IF NOT EXISTS agg.monthly_district_trends
(
    _generation UInt32 CODEC(ZSTD(1)),
    district_id LowCardinality(String),
    month Date CODEC(ZSTD(1)),
    subject LowCardinality(String),
    grade LowCardinality(String),
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
    INDEX state_id_of_granule state_id TYPE set(16) GRANULARITY 1
)
ENGINE = AggregatingMergeTree
PARTITION BY _generation
ORDER BY (_generation, district_id, month, subject, grade, state_id)
TTL month + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000;
