-- The layers of the warehouse: what came (staging), what is (facts, dims), what it sums up to (agg), what people explore (models: staging and
-- intermediate views; marts: tables that ClickHouse refreshes by itself, in the order of their dependencies), and what the operator asks about (ops).
--
-- Rules of the layers, alike in every area:
--
-- Landing tables, staging.<table>_changes, hold every change of a table of PostgreSQL as it came. An insert or a snapshot row lands one row of _sign
-- +1; a delete one of -1 (with _deleted = 1); an update two with the same _position, -1 with the values before and +1 with those after. Everything
-- downstream is a sum over _sign or the newest _position.
--   _position: commit LSN << 32 | index of the change in its transaction.   _partition, _offset: its Kafka message.   _generation: the rebuild it belongs to.
--   _unmapped: JSON of source columns that have no column here.   _fence: the fencing token of the ingestor that wrote the row; the constraint
--   not_fenced_off refuses rows of a token that was taken away (ops.revoked_fences).
-- Codecs: rows come in the order of _offset, so offsets, transaction ids and times are small steps (Delta); the rest is text that repeats or a few
-- values (LowCardinality where an area has some thousands of values at most), which ZSTD(1) makes about a third smaller than LZ4 does at a cost that
-- an insert of several views does not notice.
-- TTL: a landing row is needed as long as the row that it brought may stand, as a TRUNCATE takes back what it finds here. Names have no end: a
-- hundred years is as good. An event counts from its own day, which may lie behind the day on which it came.
--
-- facts and dims are ReplacingMergeTree on _version. Every change writes its -1 row as a tombstone at the key and month that it takes the row away
-- from, and its +1 row where the row is now; at one key the newest position wins, and within one change the row wins over the tombstone. So a row
-- that moves to another key or month leaves nothing behind, although only rows of equal keys in one partition collapse. Codecs: keys are sorted runs,
-- of which ZSTD(1) makes nearly nothing; the version's upper bytes are the same in a batch.
--
-- agg holds sums of sign * value over the changes, so that what a correction replaces is taken back; all of them exact integers. A group whose count
-- adds up to 0 is gone; readers leave it out. School, district and state are those at the time of the event.
-- Aggregates are laid out for few and small reads: one partition a generation, so that an answer opens a handful of parts instead of some for each
-- month, an insert makes one part and leaves one token; compact parts (min_bytes_for_wide_part), one file instead of one for each column; small
-- granules, as an answer reads a handful of rows with their histograms.
--
-- Readers use the views <table>_current, which leave out other generations and months that do not count (ops.oldest_month).
-- Retention: retention_months + 1 of a TTL is the months of the years that count and one more, retention_months + 2 two more. Derived rows stand two
-- months longer than they count, as their TTL counts from the first day of their month, whose last day counts a month longer, and a month more leaves
-- time to rebuild; landing rows, dated by the day, one.
-- Deduplication: a block leaves a token for each partition that it touches. A table of one partition a generation or year remembers 10,000 tokens;
-- one of a partition a month 50,000, as 30 inserts may follow a pending one and dates reach over 1560 months.
CREATE DATABASE IF NOT EXISTS ops;
CREATE DATABASE IF NOT EXISTS staging;
CREATE DATABASE IF NOT EXISTS facts;
CREATE DATABASE IF NOT EXISTS dims;
CREATE DATABASE IF NOT EXISTS agg;
CREATE DATABASE IF NOT EXISTS models;
CREATE DATABASE IF NOT EXISTS marts;
