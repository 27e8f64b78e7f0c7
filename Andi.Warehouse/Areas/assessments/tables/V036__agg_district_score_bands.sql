-- How many scores of each band did a district reach in a test, all in one row? What a state's districts are compared by: counts, averages, and in
-- which bands the values in the middle are, whose scores agg.district_score_values has.
--   scores, total: how many, and the sum of them in ten-thousandths.   bands: how many in each of the 128 bands.
CREATE TABLE IF NOT EXISTS agg.district_score_bands
(
    _generation UInt32 CODEC(ZSTD(1)),
    state_id LowCardinality(String),
    test_id LowCardinality(String),
    school_year LowCardinality(String),
    district_id LowCardinality(String),
    month Date CODEC(ZSTD(1)),
    scores SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    bands AggregateFunction(sumResample(0, 128, 1), Int64, UInt8) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY _generation
ORDER BY (_generation, state_id, test_id, school_year, district_id, month)
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000;

-- Adds what each insert adds to agg.district_score_values.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.district_score_bands_from_values TO agg.district_score_bands AS
SELECT
    _generation,
    state_id,
    test_id,
    school_year,
    district_id,
    month,
    sum(source.scores) AS scores,
    sum(source.total) AS total,
    sumResampleState(0, 128, 1)(CAST(source.scores, 'Int64'), band) AS bands
FROM agg.district_score_values AS source
GROUP BY _generation, state_id, test_id, school_year, district_id, month;
