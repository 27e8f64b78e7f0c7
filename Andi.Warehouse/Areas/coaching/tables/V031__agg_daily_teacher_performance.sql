-- How did a teacher's lessons go, day by day (UTC)?
--   sessions: how many.  seconds_total: their length.  students_total: sum of the students present.
--   ciq_, equity_, engagement_total and _squares: sum and sum of squares of the score in hundredths.  wait_: of the wait time in hundredths of a second.
--   talk_: of the teacher's share of the talk, in ten-thousandths.  open_, closed_questions_total: how many were asked.
--   engagement_by_ciq, engagement_by_wait: sums of the products of both, for correlations (andi_correlation).
--   equity_histogram: equity score in hundredths -> how many; distribution, median and quantiles come from it (andi_percentile).
-- ORDER BY: a teacher is one range in the order of days.
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
TTL toStartOfMonth(day) + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000;

-- Adds every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.daily_teacher_performance_from_changes TO agg.daily_teacher_performance AS
SELECT
    _generation,
    teacher_id,
    day,
    subject,
    grade,
    school_id,
    district_id,
    state_id,
    sum(sign) AS sessions,
    sum(sign * seconds) AS seconds_total,
    sum(sign * students) AS students_total,
    sum(sign * ciq) AS ciq_total,
    sum(sign * ciq * ciq) AS ciq_squares,
    sum(sign * equity) AS equity_total,
    sum(sign * equity * equity) AS equity_squares,
    sum(sign * wait) AS wait_total,
    sum(sign * wait * wait) AS wait_squares,
    sum(sign * engagement) AS engagement_total,
    sum(sign * engagement * engagement) AS engagement_squares,
    sum(sign * talk) AS talk_total,
    sum(sign * talk * talk) AS talk_squares,
    sum(sign * asked_open) AS open_questions_total,
    sum(sign * asked_closed) AS closed_questions_total,
    sum(sign * engagement * ciq) AS engagement_by_ciq,
    sum(sign * engagement * wait) AS engagement_by_wait,
    sumMap(map(toInt32(equity), sign)) AS equity_histogram
FROM
(
    SELECT
        _generation,
        teacher_id,
        toDate(started_at) AS day,
        subject,
        grade,
        school_id,
        district_id,
        state_id,
        toInt64(_sign) AS sign,
        toInt64(duration_seconds) AS seconds,
        toInt64(student_count) AS students,
        toInt64(ciq_score * 100) AS ciq,
        toInt64(equity_score * 100) AS equity,
        toInt64(wait_time_seconds * 100) AS wait,
        toInt64(student_engagement * 100) AS engagement,
        toInt64(toDecimal64(teacher_talk_ratio, 4) * 10000) AS talk,
        toInt64(open_questions) AS asked_open,
        toInt64(closed_questions) AS asked_closed
    FROM staging.ciq_sessions_changes
)
GROUP BY _generation, teacher_id, day, subject, grade, school_id, district_id, state_id;
