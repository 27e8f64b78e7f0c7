-- Which tables of the warehouse have rows of a person, by the name of the column with the id; and which of them are landing tables?
SELECT
    c.database AS database,
    c.table AS table,
    toUInt8(has(groupArray(c.name), '_position') AND has(groupArray(c.name), '_sign')) AS isLanding,
    arrayFilter(name -> has({names:Array(String)}, name), groupArray(c.name)) AS names
FROM system.columns AS c
INNER JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
WHERE c.database IN ('staging', 'facts', 'dims', 'agg', 'marts') AND t.engine LIKE '%MergeTree' AND c.default_kind NOT IN ('MATERIALIZED', 'ALIAS', 'EPHEMERAL')
GROUP BY c.database, c.table
HAVING has(groupArray(c.name), {key:String})
ORDER BY database, table
