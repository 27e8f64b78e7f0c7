-- How do the lessons of a district develop, month by month? The measures are those of agg.daily_teacher_performance.
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
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000;

-- Adds what each insert adds to agg.weekly_school_metrics.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.monthly_district_trends_from_weekly TO agg.monthly_district_trends AS
SELECT
    _generation,
    district_id,
    month,
    subject,
    grade,
    state_id,
    sum(source.sessions) AS sessions,
    sum(source.seconds_total) AS seconds_total,
    sum(source.students_total) AS students_total,
    sum(source.ciq_total) AS ciq_total,
    sum(source.ciq_squares) AS ciq_squares,
    sum(source.equity_total) AS equity_total,
    sum(source.equity_squares) AS equity_squares,
    sum(source.wait_total) AS wait_total,
    sum(source.wait_squares) AS wait_squares,
    sum(source.engagement_total) AS engagement_total,
    sum(source.engagement_squares) AS engagement_squares,
    sum(source.talk_total) AS talk_total,
    sum(source.talk_squares) AS talk_squares,
    sum(source.open_questions_total) AS open_questions_total,
    sum(source.closed_questions_total) AS closed_questions_total,
    sum(source.engagement_by_ciq) AS engagement_by_ciq,
    sum(source.engagement_by_wait) AS engagement_by_wait,
    sumMap(source.equity_histogram) AS equity_histogram
FROM agg.weekly_school_metrics AS source
GROUP BY _generation, district_id, month, subject, grade, state_id;
