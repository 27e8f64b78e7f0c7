-- How did a classroom, a school or a district do in each dimension of a test? Scores in ten-thousandths, as in
-- agg.classroom_scores.
-- One table for the three levels: one part for each insert instead of three.
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
PARTITION BY _generation
ORDER BY (_generation, level, entity_id, school_year, test_id, dimension, month)
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000;

-- Adds every change: from the rows on their way into facts.student_scores, where the JSON has been read already and a tombstone holds the values it
-- takes back. Summed up to classrooms first; only those sums are repeated for the school and the district.
-- So rows reach facts.student_scores through the landing table only: rows put there by hand would be counted here.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.dimension_scores_from_facts TO agg.dimension_scores AS
SELECT
    _generation,
    place.1 AS level,
    place.2 AS entity_id,
    school_year,
    test_id,
    dimension,
    month,
    sum(classroom_scores) AS scores,
    sum(classroom_total) AS total,
    sumMap(classroom_histogram) AS histogram
FROM
(
    SELECT
        _generation,
        teacher_id,
        school_id,
        district_id,
        school_year,
        test_id,
        dimension,
        toStartOfMonth(test_date) AS month,
        sum(1 - 2 * toInt64(_is_deleted)) AS classroom_scores,
        sum((1 - 2 * toInt64(_is_deleted)) * ten_thousandths) AS classroom_total,
        sumMap(map(toInt32(ten_thousandths), 1 - 2 * toInt64(_is_deleted))) AS classroom_histogram
    FROM facts.student_scores
    ARRAY JOIN mapKeys(dimension_scores) AS dimension, arrayMap(value -> toInt64(toDecimal64(value, 4) * 10000), mapValues(dimension_scores)) AS ten_thousandths
    GROUP BY _generation, teacher_id, school_id, district_id, school_year, test_id, dimension, month
)
ARRAY JOIN [('classroom', teacher_id), ('school', toString(school_id)), ('district', toString(district_id))] AS place
GROUP BY _generation, level, entity_id, school_year, test_id, dimension, month;
