-- How many bytes on disk does each table of the warehouse take that holds scores, and how many rows?
SELECT concat(database, '.', table) AS table, toInt64(sum(bytes_on_disk)) AS bytes, toInt64(sum(rows)) AS rows
FROM system.parts
WHERE active AND database IN ('staging', 'facts', 'agg') AND (table LIKE '%score%')
GROUP BY database, table
ORDER BY table
