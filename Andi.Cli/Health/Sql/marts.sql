-- How many milliseconds ago was each mart last refreshed (of one that never was: since it was made), how long did that take, and why did the last try fail, if it did?
SELECT
    concat(refreshes.database, '.', refreshes.view) AS name,
    toFloat64(greatest(dateDiff('millisecond', toDateTime64(ifNull(refreshes.last_success_time, made.metadata_modification_time), 3), now64(3)), 0)) AS age,
    toFloat64(ifNull(refreshes.last_success_duration_ms, 0)) AS duration,
    refreshes.exception AS failure
FROM system.view_refreshes AS refreshes
INNER JOIN system.tables AS made ON made.database = refreshes.database AND made.name = refreshes.view
WHERE refreshes.database = 'marts'
ORDER BY name
