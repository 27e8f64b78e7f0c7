-- How many active parts has each table, and how many the fullest of its partitions, which is what the engine refuses inserts by?
SELECT concat(database, '.', if(mart.name = '', table, mart.name)) AS name, sum(parts) AS total, max(parts) AS fullest
FROM
(
    SELECT database, table, partition_id, toFloat64(count()) AS parts
    FROM system.parts
    WHERE active AND database IN ('staging', 'facts', 'dims', 'agg', 'marts', 'ops')
    GROUP BY database, table, partition_id
) AS partitions
-- The rows of a mart are in a table that is named by the mart's id.
LEFT JOIN (SELECT name, concat('.inner_id.', toString(uuid)) AS inner_table FROM system.tables WHERE database = 'marts') AS mart ON mart.inner_table = partitions.table
GROUP BY name
ORDER BY name
