-- How did a classroom, a school or a district do in each dimension of a test? Sums of sign * value, as in V040__agg_classroom_scores.sql; here in ten-thousandths,
-- as dimension scores are free JSON numbers. One table for the three levels: one part per month and insert instead of three.
CREATE TABLE IF NOT EXISTS agg.dimension_scores
(
    _generation UInt32 CODEC(ZSTD(1)),
    level Enum8('classroom' = 1, 'school' = 2, 'district' = 3) CODEC(ZSTD(1)),
    entity_id String CODEC(ZSTD(1)),
    school_year LowCardinality(String),
    test_id LowCardinality(String),
    dimension LowCardinality(String),
    month Date CODEC(ZSTD(1)),
    scores SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    histogram SimpleAggregateFunction(sumMap, Map(Int32, Int64)) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY (_generation, toYYYYMM(month))
ORDER BY (_generation, level, entity_id, school_year, test_id, dimension, month)
TTL month + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 512;
