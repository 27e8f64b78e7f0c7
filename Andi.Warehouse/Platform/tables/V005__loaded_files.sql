-- Which files have been loaded into which table, and in which order? A file counts once its row is in here, never before: rows of a table that takes
-- files carry the attempt that wrote them, and views read those of the attempt that is named here. See docs/loaded-files.md.
--   file_id: SHA-256 of the file's content.   load: grows with each load that begins after another has ended; loads at the same time may share one,
--   and are ordered by file_id.
CREATE TABLE IF NOT EXISTS ops.loaded_files
(
    loaded_table LowCardinality(String),
    load UInt64,
    file_id String,
    file_name String,
    attempt UUID,
    rows UInt64,
    loaded_at DateTime64(3, 'UTC') DEFAULT now64(3, 'UTC')
)
ENGINE = MergeTree
ORDER BY (loaded_table, load, file_id)
-- Two loads of one file at the same time insert the same token; long after that the row itself is found.
SETTINGS non_replicated_deduplication_window = 10000;
