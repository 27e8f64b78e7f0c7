-- Which partitions of landing tables hold history that was restored, by this try or an earlier one that was cut off?
SELECT DISTINCT p.table AS table, p.partition_id AS partition
FROM system.parts AS p
INNER JOIN system.tables AS t ON t.database = p.database AND t.name = p.table
WHERE p.active AND p.database = 'staging' AND match(t.partition_key, '^\\(?`?_generation`?\\b') AND extract(p.partition, '^\\(?(\\d+)') = '0'
ORDER BY table, partition
