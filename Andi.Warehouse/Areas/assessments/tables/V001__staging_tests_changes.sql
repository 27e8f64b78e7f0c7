-- Every change of public.tests, as it came: what was test X at any position, and which change made it so?
CREATE TABLE IF NOT EXISTS staging.tests_changes
(
    test_id String CODEC(ZSTD(1)),
    name String CODEC(ZSTD(1)),
    subject LowCardinality(String),
    min_score Decimal(9, 4) CODEC(ZSTD(1)),
    max_score Decimal(9, 4) CODEC(ZSTD(1)),
    decimals Int16 CODEC(ZSTD(1)),
    -- JSON arrays as they came.
    bands String CODEC(ZSTD(1)),
    levels String CODEC(ZSTD(1)),

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
    _unmapped String CODEC(ZSTD(1)),
    _fence Int64 CODEC(ZSTD(1)),

    -- A wider column here than in what is derived from it would have values cut there without a word (docs/schema-ahead.md).
    CONSTRAINT derived_decimals_are_exact CHECK
        accurateCastOrNull(min_score, 'Decimal(9, 4)') = min_score AND accurateCastOrNull(max_score, 'Decimal(9, 4)') = max_score,
    CONSTRAINT not_fenced_off CHECK joinGet('ops.revoked_fences', 'revoked', 'tests_changes', _generation, _partition, _fence) = 0
)
ENGINE = MergeTree
PARTITION BY (_generation, toYYYYMM(_committed_at))
ORDER BY (_partition, _offset, _sign)
TTL toDate(_committed_at) + INTERVAL 100 YEAR
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1;
