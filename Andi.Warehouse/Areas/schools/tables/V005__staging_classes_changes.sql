-- Every change of public.classes, as it came: what was class X at any position, and which change made it so?
CREATE TABLE IF NOT EXISTS staging.classes_changes
(
    class_id String CODEC(ZSTD(1)),
    name String CODEC(ZSTD(1)),
    school_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    subject Nullable(String) CODEC(ZSTD(1)),
    school_year LowCardinality(String),

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

    CONSTRAINT not_fenced_off CHECK joinGet('ops.revoked_fences', 'revoked', 'classes_changes', _generation, _partition, _fence) = 0
)
ENGINE = MergeTree
PARTITION BY (_generation, toYYYYMM(_committed_at))
ORDER BY (_partition, _offset, _sign)
TTL toDate(_committed_at) + INTERVAL 100 YEAR
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1;
