-- Which mutations are not done, since how many milliseconds, and what has the last try failed of?
SELECT
    concat(database, '.', table, ': ', command) AS name,
    toFloat64(greatest(dateDiff('millisecond', toDateTime64(create_time, 3), now64(3)), 0)) AS age,
    latest_fail_reason AS failure
FROM system.mutations
WHERE NOT is_done
ORDER BY create_time
