-- How many books did a school lend in a month?
CREATE TABLE IF NOT EXISTS agg.school_loans
(
    _generation UInt32 CODEC(ZSTD(1)),
    school_id LowCardinality(String),
    month Date CODEC(ZSTD(1)),
    loans SimpleAggregateFunction(sum, Int64) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY _generation
ORDER BY (_generation, school_id, month)
TTL month + INTERVAL {{retention_months + 2}} MONTH
SETTINGS non_replicated_deduplication_window = 10000, index_granularity = 256, min_bytes_for_wide_part = 1000000000000;

-- Adds every change as it lands, and takes back what it replaces.
CREATE MATERIALIZED VIEW IF NOT EXISTS agg.school_loans_from_changes TO agg.school_loans AS
SELECT
    _generation,
    school_id,
    toStartOfMonth(lent_on) AS month,
    sum(toInt64(_sign)) AS loans
FROM staging.loans_changes
GROUP BY _generation, school_id, month;
