-- Which statements of the last day took longest: by their text without values, how often, how long at most and on average, and how many rows they read?
SELECT
    any(substring(replaceRegexpAll(query, '\\s+', ' '), 1, 200)) AS text,
    toInt64(count()) AS calls,
    toFloat64(max(query_duration_ms)) AS longest,
    avg(query_duration_ms) AS average,
    avg(read_rows) AS rows
FROM system.query_log
WHERE type = 'QueryFinish' AND event_time > now() - INTERVAL 1 DAY AND query_kind = 'Select'
GROUP BY normalized_query_hash
ORDER BY longest DESC
LIMIT {most:UInt32}
