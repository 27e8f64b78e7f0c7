-- Which partitions of which tables hold rows of a generation? Only of tables whose partitions are of one generation each.
SELECT DISTINCT p.database AS database, p.table AS table, p.partition_id AS partition
FROM system.parts AS p
INNER JOIN system.tables AS t ON t.database = p.database AND t.name = p.table
WHERE p.active AND p.database IN ('staging', 'facts', 'dims', 'agg')
    AND match(t.partition_key, '^\\(?`?_generation`?\\b')
    AND extract(p.partition, '^\\(?(\\d+)') = toString({generation:UInt32})
ORDER BY database, table, partition
