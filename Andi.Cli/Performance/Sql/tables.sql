-- How much does each table hold, how well is it compressed, and in how many parts? Old generations and deleted rows that are not merged away yet count.
SELECT
    concat(p.database, '.', if(mart.name = '', p.table, mart.name)) AS name,
    any(t.engine) AS engine,
    toInt64(sum(p.rows)) AS rows,
    toInt64(sum(p.data_compressed_bytes)) AS compressed,
    toInt64(sum(p.data_uncompressed_bytes)) AS uncompressed,
    toInt64(count()) AS parts,
    toInt64(uniqExact(p.partition_id)) AS partitions,
    toInt64(max(p.in_partition)) AS fullest
FROM
(
    SELECT *, count() OVER (PARTITION BY database, table, partition_id) AS in_partition
    FROM system.parts
    WHERE active AND database IN ('staging', 'facts', 'dims', 'agg', 'marts', 'ops')
) AS p
LEFT JOIN system.tables AS t ON t.database = p.database AND t.name = p.table
-- The rows of a mart are in a table that is named by the mart's id.
LEFT JOIN (SELECT name, concat('.inner_id.', toString(uuid)) AS inner_table FROM system.tables WHERE database = 'marts') AS mart ON mart.inner_table = p.table
GROUP BY name
ORDER BY compressed DESC, name
