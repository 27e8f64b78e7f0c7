-- How did the grades of a district do in a test, and how do the districts of a state compare? The measures are those of agg.classroom_scores.
-- ORDER BY: the test first, as the districts of a state are compared in one test, whose rows are then one range, a fifth of the table where there are
-- five tests. One district is a range in each test.
CREATE TABLE IF NOT EXISTS agg.district_scores
(
    _generation UInt32 CODEC(ZSTD(1)),
    district_id LowCardinality(String),
    school_year LowCardinality(String),
    test_id LowCardinality(String),
    grade LowCardinality(String),
    state_id LowCardinality(String),
    month Date CODEC(ZSTD(1)),
    scores SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    total SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    leveled SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    levels SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    exempt SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    absent SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    invalidated SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1)),
    histogram SimpleAggregateFunction(sumMap, Map(Int32, Int64)) CODEC(ZSTD(1)),
    INDEX state_id_of_granule state_id TYPE set(16) GRANULARITY 1
)
ENGINE = AggregatingMergeTree
PARTITION BY _generation
ORDER BY (_generation, test_id, district_id, school_year, grade, state_id, month)
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 128, min_bytes_for_wide_part = 1000000000000;

-- Adds what each insert adds to agg.school_scores: far fewer rows than the changes themselves.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.district_scores_from_school TO agg.district_scores AS
SELECT
    _generation,
    district_id,
    school_year,
    test_id,
    grade,
    state_id,
    month,
    sum(source.scores) AS scores,
    sum(source.total) AS total,
    sum(source.leveled) AS leveled,
    sum(source.levels) AS levels,
    sum(source.exempt) AS exempt,
    sum(source.absent) AS absent,
    sum(source.invalidated) AS invalidated,
    sumMap(source.histogram) AS histogram
FROM agg.school_scores AS source
GROUP BY _generation, district_id, school_year, test_id, grade, state_id, month;
