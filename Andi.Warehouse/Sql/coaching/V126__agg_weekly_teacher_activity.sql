-- Which teachers were active in a week (its Monday, UTC), and in what: sessions, uses of resources, contributions to the community? Sums of signs over the changes, one row for
-- each teacher, so that distinct teachers are counted exactly: those whose sum is above 0. A count of teachers itself could not take one back.
-- The month is part of the key as in V122__agg_weekly_school_metrics.sql. School, district and state are the ones at the time of the event.
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
TTL month + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024;
