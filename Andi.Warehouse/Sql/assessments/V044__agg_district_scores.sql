-- How did the grades of a district do in a test, and how do the districts of a state compare? The measures are those of V040__agg_classroom_scores.sql.
-- ORDER BY: one district is one range; the districts of a state are found by the skip index.
CREATE TABLE IF NOT EXISTS agg.district_scores
(
    _generation UInt32 CODEC(ZSTD(1)),
    district_id LowCardinality(String),
    school_year LowCardinality(String),
    test_id LowCardinality(String),
    grade LowCardinality(String),
    subject LowCardinality(String),
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
    histogram SimpleAggregateFunction(sumMap, Map(Int32, Int64)) CODEC(ZSTD(1)),
    INDEX state_id_of_granule state_id TYPE set(16) GRANULARITY 1
)
ENGINE = AggregatingMergeTree
PARTITION BY (_generation, toYYYYMM(month))
ORDER BY (_generation, district_id, school_year, test_id, grade, subject, state_id, month)
TTL month + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 256;
