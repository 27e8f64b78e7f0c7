-- V062__agg_district_scores_layout.sql with the test first: the districts of a state are compared in one test, whose rows are then one range, a fifth of the table
-- where there are five tests. One district is a range in each test. Laid out anew as V060__agg_classroom_scores_layout.sql was.
CREATE OR REPLACE TABLE agg.district_scores
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
PARTITION BY _generation
ORDER BY (_generation, test_id, district_id, school_year, grade, subject, state_id, month)
TTL month + INTERVAL 62 MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 128, min_bytes_for_wide_part = 1000000000000
AS SELECT * FROM agg.district_scores;
