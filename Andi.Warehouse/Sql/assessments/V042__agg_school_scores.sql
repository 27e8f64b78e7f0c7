-- How did the grades of a school do in a test, and how do the schools of a district compare? The measures are those of V040__agg_classroom_scores.sql.
-- ORDER BY: one school is one range; the schools of a district are found by the skip index.
CREATE TABLE IF NOT EXISTS agg.school_scores
(
    _generation UInt32 CODEC(ZSTD(1)),
    school_id LowCardinality(String),
    school_year LowCardinality(String),
    test_id LowCardinality(String),
    grade LowCardinality(String),
    subject LowCardinality(String),
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
    histogram SimpleAggregateFunction(sumMap, Map(Int32, Int64)) CODEC(ZSTD(1)),
    INDEX district_id_of_granule district_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = AggregatingMergeTree
PARTITION BY (_generation, toYYYYMM(month))
ORDER BY (_generation, school_id, school_year, test_id, grade, subject, district_id, state_id, month)
TTL month + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 512;
