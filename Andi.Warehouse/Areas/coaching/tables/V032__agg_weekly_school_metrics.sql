-- How did the lessons of a school go, week by week? A week is named by its Monday (ISO, UTC). The measures are those of agg.daily_teacher_performance.
-- The month is part of the key: a week over the end of a month has two rows, so months are sums of rows, too, and what counts begins with a whole month.
-- ORDER BY: one school is one range; the schools of a district are found by the skip index. Active teachers are counted from agg.weekly_teacher_activity.
CREATE TABLE IF NOT EXISTS agg.weekly_school_metrics
(
    _generation UInt32 CODEC(ZSTD(1)),
    school_id LowCardinality(String),
    week Date CODEC(ZSTD(1)),
    month Date CODEC(ZSTD(1)),
    subject LowCardinality(String),
    grade LowCardinality(String),
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
    INDEX district_id_of_granule district_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = AggregatingMergeTree
PARTITION BY _generation
ORDER BY (_generation, school_id, week, month, subject, grade, district_id, state_id)
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000;

-- Adds what each insert adds to agg.daily_teacher_performance: fewer rows than the changes themselves.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.weekly_school_metrics_from_daily TO agg.weekly_school_metrics AS
SELECT
    _generation,
    school_id,
    toMonday(day) AS week,
    toStartOfMonth(day) AS month,
    subject,
    grade,
    district_id,
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
FROM agg.daily_teacher_performance AS source
GROUP BY _generation, school_id, week, month, subject, grade, district_id, state_id;
