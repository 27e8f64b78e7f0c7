-- Which month is the oldest that still counts? Rows count for the years that ops.retention holds and the rest of a month, but not from before the
-- month that the generation readers see is complete from. Every view that readers use starts there, so that an answer never depends on whether
-- ClickHouse has already dropped what is older: TTL does, two months later in derived tables.
CREATE OR REPLACE VIEW ops.oldest_month AS
SELECT greatest(
    toStartOfMonth(toDate(now('UTC')) - toIntervalYear(argMax(years, change))),
    maxIf(complete_from, generations >= (SELECT generation FROM ops.current_generation))) AS month
FROM ops.retention;

-- The same as a function. ClickHouse writes a function's text into each view that is made with it: this one names the view above, so that views need
-- not be made anew.
CREATE OR REPLACE FUNCTION andi_oldest_month AS () -> assumeNotNull((SELECT month FROM ops.oldest_month));
