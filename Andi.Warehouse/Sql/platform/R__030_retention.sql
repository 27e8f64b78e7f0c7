-- Which month is the oldest that still counts? Rows are kept for five years and the rest of a month. Every view that readers use starts there, so that
-- an answer never depends on whether ClickHouse has already dropped what is older (TTL does, a month later).
CREATE OR REPLACE FUNCTION andi_oldest_month AS () ->
    toStartOfMonth(toDate(now('UTC')) - INTERVAL 5 YEAR);
