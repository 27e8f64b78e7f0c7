-- For how many years do rows count, and which months does a generation lack? One row for each time the number was set; the newest holds the number.
-- Five at first; Andi.Cli migrate --retention-years sets another (docs/decisions/0018-retention.md). Read by ops.oldest_month and, as it is, by the
-- analytics API.
--   complete_from, generations: generations up to this one may lack rows of before this month, because they were dropped when fewer years counted.
--   Every row says so of the generations it names, the older ones, too. 0 and 1970: it lacks nothing.
CREATE TABLE IF NOT EXISTS ops.retention
(
    change UInt64,
    years UInt8,
    complete_from Date,
    generations UInt32,
    set_at DateTime64(6, 'UTC') DEFAULT now64(6, 'UTC')
)
ENGINE = ReplacingMergeTree
ORDER BY change;

INSERT INTO ops.retention (change, years, complete_from, generations, set_at) VALUES (1, 5, toDate(0), 0, toDateTime64(0, 6, 'UTC'));
