-- Which scores were reached in the districts of a state, and how often? By band, a whole point each up to 100 and 25 points
-- each above, whatever the test's scale, so that a question about the values in the middle reads the few bands that they are in:
-- agg.district_score_bands says which (DistrictBands.cs). Not the bands of a test, which have names.
--   scores, total: how many in the band, and the sum of them in ten-thousandths.   histogram: score in ten-thousandths -> how many; a score may be in
--   there twice, or with 0.
-- What is below 0 or above 775 counts to the first or last band, so that bands are in the order of the scores whatever they are.
-- ORDER BY: a state, a test, a year and a band are one range of all districts. Rows are small, so granules are of 1024.
CREATE TABLE IF NOT EXISTS agg.district_score_values
(
    _generation UInt32 CODEC(ZSTD(1)),
    state_id LowCardinality(String),
    test_id LowCardinality(String),
    school_year LowCardinality(String),
    band UInt8 CODEC(ZSTD(1)),
    district_id LowCardinality(String),
    month Date CODEC(ZSTD(1)),
    scores SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    histogram SimpleAggregateFunction(sumMap, Map(Int32, Int64)) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY _generation
ORDER BY (_generation, state_id, test_id, school_year, band, district_id, month)
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 1024, min_bytes_for_wide_part = 1000000000000;

-- Adds what each insert adds to agg.school_scores. The values are put beside each other, not added up: a third of the time, and merges add them up.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.district_score_values_from_school TO agg.district_score_values AS
SELECT
    _generation,
    state_id,
    test_id,
    school_year,
    toUInt8(least(greatest(if(score <= 1000000, intDiv(score, 10000), 101 + intDiv(score - 1000000, 250000)), 0), 127)) AS band,
    district_id,
    month,
    sum(n) AS scores,
    sum(n * score) AS total,
    CAST((groupArray(score), groupArray(n)), 'Map(Int32, Int64)') AS histogram
FROM agg.school_scores AS source
ARRAY JOIN mapKeys(source.histogram) AS score, mapValues(source.histogram) AS n
GROUP BY _generation, state_id, test_id, school_year, band, district_id, month;
