-- How did a classroom do in a test?
--   scores: how many.  total: sum of the scores in ten-thousandths.  leveled, levels: how many have a performance level, and the sum of these.
--   exempt, absent, invalidated: how many have no score, and why.
--   histogram: score in ten-thousandths -> how many; spread, quantiles and what is in a band of the test come from it (ScoreCounts.cs, andi_percentile).
-- ORDER BY: a teacher, a year and a test find one range of some rows.
CREATE TABLE IF NOT EXISTS agg.classroom_scores
(
    _generation UInt32 CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    school_year LowCardinality(String),
    test_id LowCardinality(String),
    grade LowCardinality(String),
    school_id LowCardinality(String),
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
    histogram SimpleAggregateFunction(sumMap, Map(Int32, Int64)) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY _generation
ORDER BY (_generation, teacher_id, school_year, test_id, grade, school_id, district_id, state_id, month)
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000;

-- Adds every change as it lands.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.classroom_scores_from_changes TO agg.classroom_scores AS
SELECT
    _generation,
    teacher_id,
    school_year,
    test_id,
    grade,
    school_id,
    district_id,
    state_id,
    toStartOfMonth(test_date) AS month,
    sum(_sign * (status = 'scored')) AS scores,
    sum(_sign * ifNull(toInt64(toDecimal64(overall_score, 4) * 10000), 0)) AS total,
    sum(_sign * isNotNull(overall_performance_level)) AS leveled,
    sum(_sign * toInt64(ifNull(overall_performance_level, 0))) AS levels,
    sum(_sign * (status = 'exempt')) AS exempt,
    sum(_sign * (status = 'absent')) AS absent,
    sum(_sign * (status = 'invalidated')) AS invalidated,
    sumMapIf(map(toInt32(ifNull(toInt64(toDecimal64(overall_score, 4) * 10000), 0)), toInt64(_sign)), status = 'scored') AS histogram
FROM staging.scores_changes
GROUP BY _generation, teacher_id, school_year, test_id, grade, school_id, district_id, state_id, month;
