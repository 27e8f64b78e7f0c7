-- Which data tests were run, when, and what did they find? Latest first for one test. Kept for 90 days.
--   failing_rows: 0 where it passed or could not be run.   sample: some of them, as tuples.   message: why it could not be run; else empty.
CREATE TABLE IF NOT EXISTS ops.test_results
(
    ran_at DateTime64(3, 'UTC'),
    test LowCardinality(String),
    tested_table LowCardinality(String),
    kind LowCardinality(String),
    status Enum8('passed' = 1, 'failed' = 2, 'error' = 3),
    failing_rows Int64,
    sample Array(String),
    message String,
    milliseconds UInt32
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(ran_at)
ORDER BY (test, ran_at)
TTL toDateTime(ran_at) + INTERVAL 90 DAY;
