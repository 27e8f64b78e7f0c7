-- Every change of public.resource_usage, as it came: what did teacher X do with resource Y at any position, and which change made it so?
CREATE TABLE IF NOT EXISTS staging.resource_usage_changes
(
    usage_id String CODEC(ZSTD(1)),
    resource_id String CODEC(ZSTD(1)),
    teacher_id String CODEC(ZSTD(1)),
    action LowCardinality(String),
    duration_seconds Nullable(Int32) CODEC(ZSTD(1)),
    rating Nullable(Int16) CODEC(ZSTD(1)),
    occurred_at DateTime64(6, 'UTC') CODEC(Delta(8), ZSTD(1)),
    school_id LowCardinality(String),
    district_id LowCardinality(String),
    state_id LowCardinality(String),

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

    -- PostgreSQL refuses the same, so nothing is ever held up here. Actions are not listed: a new one upstream comes through and counts as a use.
    CONSTRAINT rating_is_1_to_5 CHECK ifNull(rating >= 1 AND rating <= 5, 1),
    CONSTRAINT not_fenced_off CHECK joinGet('ops.revoked_fences', 'revoked', 'resource_usage_changes', _generation, _partition, _fence) = 0
)
ENGINE = MergeTree
PARTITION BY (_generation, toYYYYMM(_committed_at))
ORDER BY (_partition, _offset, _sign)
TTL greatest(toDate(_committed_at), toDate(occurred_at)) + INTERVAL {{retention_months + 1}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, ttl_only_drop_parts = 1;
