-- How did the grades of a school do in a test, and how do the schools of a district compare? The measures are those of agg.classroom_scores.
-- ORDER BY: one school is one range; the schools of a district are found by the skip index.
CREATE TABLE IF NOT EXISTS agg.school_scores
(
    _generation UInt32 CODEC(ZSTD(1)),
    school_id LowCardinality(String),
    school_year LowCardinality(String),
    test_id LowCardinality(String),
    grade LowCardinality(String),
    district_id LowCardinality(String),
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
    INDEX district_id_of_granule district_id TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = AggregatingMergeTree
PARTITION BY _generation
ORDER BY (_generation, school_id, school_year, test_id, grade, district_id, state_id, month)
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000;

-- Adds what each insert adds to agg.classroom_scores: far fewer rows than the changes themselves.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.school_scores_from_classroom TO agg.school_scores AS
SELECT
    _generation,
    school_id,
    school_year,
    test_id,
    grade,
    district_id,
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
FROM agg.classroom_scores AS source
GROUP BY _generation, school_id, school_year, test_id, grade, district_id, state_id, month;
