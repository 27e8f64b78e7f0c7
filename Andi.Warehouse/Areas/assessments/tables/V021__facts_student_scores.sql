-- What did each student of a classroom score? One row for every score that PostgreSQL holds, those without a value (status) included. Readers use facts.student_scores_current.
-- What a score takes in here is nearly all its id: text of 36 characters whose 74 random bits no codec makes smaller than 9 bytes. So an id that is a
-- UUID in its usual form is kept as one, every other as text; score_id reads as it was written.
-- ORDER BY: classroom first, as that is what is asked; a student's history goes by facts.student_score_places. Granules of 512 rows: a classroom is
-- some dozens of them.
-- A partition a year: parts large enough to compress column by column, and few to open.
-- Codecs: T64 takes the bits that no value has out of scores and levels; ZSTD(3) pays where keys repeat in runs, and costs an insert little.
CREATE TABLE IF NOT EXISTS facts.student_scores
(
    _generation UInt32 CODEC(ZSTD(1)),
    -- The id, where it is a UUID in lower case with dashes; else all zero.
    score_uuid UUID CODEC(ZSTD(1)),
    -- The id, where it is anything else; else empty.
    score_text String CODEC(ZSTD(1)),
    score_id String ALIAS if(score_text = '' AND score_uuid != toUUID('00000000-0000-0000-0000-000000000000'), toString(score_uuid), score_text),
    student_id String CODEC(ZSTD(3)),
    teacher_id String CODEC(ZSTD(3)),
    test_id LowCardinality(String),
    school_year LowCardinality(String),
    test_date Date CODEC(ZSTD(3)),
    grade LowCardinality(String),
    school_id LowCardinality(String),
    district_id LowCardinality(String),
    state_id LowCardinality(String),
    status LowCardinality(String),
    overall_score Nullable(Decimal(9, 4)) CODEC(T64, ZSTD(1)),
    overall_performance_level Nullable(Int16) CODEC(T64, ZSTD(1)),
    dimension_scores Map(LowCardinality(String), Decimal(9, 4)) CODEC(ZSTD(3)),
    _committed_at DateTime64(6, 'UTC') CODEC(ZSTD(3)),
    _version UInt128 CODEC(ZSTD(1)),
    _is_deleted UInt8 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(_version, _is_deleted)
PARTITION BY (_generation, toYear(test_date))
ORDER BY (_generation, teacher_id, school_year, test_id, student_id, score_uuid, score_text)
TTL toStartOfMonth(test_date) + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1, index_granularity = 512;

-- Fills it from every change as it lands. Of dimension_scores the numbers are taken, up to four decimals; anything else in there is kept in the
-- landing table only.
CREATE MATERIALIZED VIEW IF NOT EXISTS facts.student_scores_from_changes TO facts.student_scores AS
SELECT
    _generation,
    if(toString(toUUIDOrZero(score_id)) = score_id, toUUIDOrZero(score_id), toUUID('00000000-0000-0000-0000-000000000000')) AS score_uuid,
    if(score_uuid = toUUID('00000000-0000-0000-0000-000000000000'), score_id, '') AS score_text,
    student_id,
    teacher_id,
    test_id,
    school_year,
    test_date,
    grade,
    school_id,
    district_id,
    state_id,
    status,
    overall_score,
    overall_performance_level,
    CAST(
        arrayMap(
            pair -> (pair.1, assumeNotNull(toDecimal32OrNull(pair.2, 4))),
            arrayFilter(pair -> isNotNull(toDecimal32OrNull(pair.2, 4)), JSONExtractKeysAndValuesRaw(dimension_scores))),
        'Map(LowCardinality(String), Decimal(9, 4))') AS dimension_scores,
    _committed_at,
    toUInt128(_position * 2 + (_sign = 1)) AS _version,
    toUInt8(_sign = -1) AS _is_deleted
FROM staging.scores_changes;
