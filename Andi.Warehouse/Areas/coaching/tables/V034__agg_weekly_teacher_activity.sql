-- Which teachers were active in a week (its Monday, UTC), and in what: sessions, uses of resources, contributions to the community? Sums of signs
-- over the changes, one row for each teacher, so that distinct teachers are counted exactly: those whose sum is above 0. A count of teachers itself
-- could not take one back.
-- The month is part of the key as in agg.weekly_school_metrics.
-- ORDER BY: a district is one range in the order of weeks; a school is found by the skip index.
CREATE TABLE IF NOT EXISTS agg.weekly_teacher_activity
(
    _generation UInt32 CODEC(ZSTD(1)),
    district_id LowCardinality(String),
    week Date CODEC(ZSTD(1)),
    school_id LowCardinality(String),
    teacher_id String CODEC(ZSTD(1)),
    month Date CODEC(ZSTD(1)),
    state_id LowCardinality(String),
    sessions SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    resource_uses SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    contributions SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    INDEX school_id_of_granule school_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = AggregatingMergeTree
PARTITION BY _generation
ORDER BY (_generation, district_id, week, school_id, teacher_id, month, state_id)
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024;

-- Adds the sessions that each insert adds to agg.daily_teacher_performance.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.weekly_teacher_activity_from_daily TO agg.weekly_teacher_activity AS
SELECT
    _generation,
    district_id,
    toMonday(day) AS week,
    school_id,
    teacher_id,
    toStartOfMonth(day) AS month,
    state_id,
    sum(source.sessions) AS sessions,
    toInt64(0) AS resource_uses,
    toInt64(0) AS contributions
FROM agg.daily_teacher_performance AS source
GROUP BY _generation, district_id, week, school_id, teacher_id, month, state_id;

-- Adds every change of public.resource_usage as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.weekly_teacher_activity_from_resource_usage TO agg.weekly_teacher_activity AS
SELECT
    _generation,
    district_id,
    toMonday(toDate(occurred_at)) AS week,
    school_id,
    teacher_id,
    toStartOfMonth(toDate(occurred_at)) AS month,
    state_id,
    toInt64(0) AS sessions,
    sum(toInt64(_sign)) AS resource_uses,
    toInt64(0) AS contributions
FROM staging.resource_usage_changes
GROUP BY _generation, district_id, week, school_id, teacher_id, month, state_id;

-- Adds every change of public.community_activity as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.weekly_teacher_activity_from_community_activity TO agg.weekly_teacher_activity AS
SELECT
    _generation,
    district_id,
    toMonday(toDate(occurred_at)) AS week,
    school_id,
    teacher_id,
    toStartOfMonth(toDate(occurred_at)) AS month,
    state_id,
    toInt64(0) AS sessions,
    toInt64(0) AS resource_uses,
    sum(toInt64(_sign)) AS contributions
FROM staging.community_activity_changes
GROUP BY _generation, district_id, week, school_id, teacher_id, month, state_id;
