-- Which partitions has a table of staging?
SELECT DISTINCT table, partition_id AS partition
FROM system.parts
WHERE active AND database = 'staging' AND table = {table:String}
ORDER BY partition
