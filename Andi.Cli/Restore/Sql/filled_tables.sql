-- Which tables of the warehouse hold rows, but for restored history? Rows of tables that take files are asked for by what is recorded of these.
SELECT DISTINCT concat(p.database, '.', p.table) AS key
FROM system.parts AS p
INNER JOIN system.tables AS t ON t.database = p.database AND t.name = p.table
WHERE p.active AND p.rows > 0 AND p.database IN ('staging', 'facts', 'dims', 'agg')
    AND NOT endsWith(p.table, '_restored')
    AND NOT (p.database = 'staging' AND match(t.partition_key, '^\\(?`?_generation`?\\b') AND extract(p.partition, '^\\(?(\\d+)') = '0')
    AND NOT (p.database = 'staging' AND p.table IN (SELECT table FROM system.columns WHERE database = 'staging' AND name = '_attempt'))
ORDER BY key
