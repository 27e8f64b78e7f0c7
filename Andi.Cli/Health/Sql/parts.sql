-- How many active parts has each table, and how many the fullest of its partitions, which is what the engine refuses inserts by?
SELECT concat(database, '.', table) AS name, sum(parts) AS total, max(parts) AS fullest
FROM
(
    SELECT database, table, partition_id, toFloat64(count()) AS parts
    FROM system.parts
    WHERE active AND database IN ('staging', 'facts', 'dims', 'agg', 'ops')
    GROUP BY database, table, partition_id
)
GROUP BY name
ORDER BY name
