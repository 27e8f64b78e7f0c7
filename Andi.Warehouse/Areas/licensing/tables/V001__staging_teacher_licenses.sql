-- Which licences do the files say that teachers hold? Rows as they stand in the files that `Andi.Cli load teacher_licenses FILE` was given, of all
-- attempts; staging.teacher_licenses_current has those that count. One row grants a teacher the product from a day on, until a last day or without
-- end, or takes that back.
--   _file_id: SHA-256 of the file.   _attempt: the run of the command that wrote the row.   _line: where the row begins in the file.
CREATE TABLE IF NOT EXISTS staging.teacher_licenses
(
    teacher_id String CODEC(ZSTD(1)),
    product LowCardinality(String),
    valid_from Date CODEC(ZSTD(1)),
    -- The last day; NULL: without end.
    valid_until Nullable(Date) CODEC(ZSTD(1)),
    status Enum8('granted' = 1, 'withdrawn' = 2),

    -- Of each table that takes files.
    _file_id LowCardinality(String),
    _attempt UUID CODEC(ZSTD(1)),
    _line UInt64 CODEC(Delta(8), ZSTD(1)),

    -- ClickHouse's message tells the values of the columns that are named here: with _line it tells the line.
    CONSTRAINT ends_after_it_began CHECK valid_until IS NULL OR valid_until >= valid_from OR _line = 0
)
ENGINE = MergeTree
ORDER BY (_file_id, _attempt, _line);
