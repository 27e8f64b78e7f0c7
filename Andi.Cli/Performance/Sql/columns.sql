-- Which columns of large tables take most room for what they hold? Those of at least a MiB that are compressed to more than a third, the largest first.
SELECT
    concat(database, '.', table, '.', name) AS name,
    type,
    toInt64(data_compressed_bytes) AS compressed,
    toInt64(data_uncompressed_bytes) AS uncompressed
FROM system.columns
WHERE database IN ('staging', 'facts', 'dims', 'agg') AND data_compressed_bytes >= 1048576 AND data_compressed_bytes * 3 > data_uncompressed_bytes
ORDER BY compressed DESC
LIMIT 10
