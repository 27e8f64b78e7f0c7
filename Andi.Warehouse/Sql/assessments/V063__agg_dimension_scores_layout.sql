-- V046__agg_dimension_scores.sql, laid out as V060__agg_classroom_scores_layout.sql.
CREATE OR REPLACE TABLE agg.dimension_scores
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
PARTITION BY _generation
ORDER BY (_generation, level, entity_id, school_year, test_id, dimension, month)
TTL month + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000
AS SELECT * FROM agg.dimension_scores;
