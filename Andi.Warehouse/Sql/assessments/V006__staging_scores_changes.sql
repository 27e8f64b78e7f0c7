-- Every change of public.scores, as it came: what was score X at any position, and which change made it so?
-- An insert or a snapshot row lands one row of _sign +1; a delete one of -1 (with _deleted = 1); an update two with the same _position,
-- -1 with the values before and +1 with those after. Everything downstream is a sum over _sign or the newest _position.
--   _position: commit LSN << 32 | index of the change in its transaction.   _partition, _offset: its Kafka message.
--   _generation: the rebuild it belongs to.   _unmapped: JSON of source columns that have no column here.
-- Codecs: rows come in the order of _offset, so offsets, transaction ids and times are small steps (Delta); the rest is text that repeats or a
-- few values (LowCardinality where an area has some thousands of values at most), which ZSTD(1) makes about a third smaller than LZ4 does at a cost
-- that an insert of several views does not notice.
CREATE TABLE IF NOT EXISTS staging.scores_changes
(
    score_id String CODEC(ZSTD(1)),
    student_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    test_id LowCardinality(String),
    school_year LowCardinality(String),
    test_date Date CODEC(ZSTD(1)),
    overall_score Decimal(5, 2) CODEC(ZSTD(1)),
    overall_performance_level Int16 CODEC(ZSTD(1)),
    -- The JSON object as it came; the views behind read it into a Map.
    dimension_scores String CODEC(ZSTD(1)),
    school_id LowCardinality(String),
    district_id LowCardinality(String),
    state_id LowCardinality(String),
    subject LowCardinality(String),
    grade LowCardinality(String),

    -- Landing columns, alike in every staging table.
    _sign Int8 CODEC(ZSTD(1)),
    _position UInt128 CODEC(ZSTD(1)),
    _txid UInt64 CODEC(Delta(8), ZSTD(1)),
    _deleted UInt8 CODEC(ZSTD(1)),
    _generation UInt32 CODEC(ZSTD(1)),
    _partition UInt16 CODEC(ZSTD(1)),
    _offset Int64 CODEC(Delta(8), ZSTD(1)),
    _committed_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
    _ingested_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
    _unmapped String CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY (_generation, toYYYYMM(_committed_at))
ORDER BY (_partition, _offset, _sign)
TTL toDate(_committed_at) + INTERVAL 61 MONTH
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1;
