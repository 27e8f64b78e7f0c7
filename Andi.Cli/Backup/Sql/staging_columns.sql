-- Which tables has staging that hold rows of their own, and which columns does each take? But for those that a restore which was cut off has left.
SELECT c.table AS table, c.name AS name, c.type AS type
FROM system.columns AS c
INNER JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
WHERE c.database = 'staging' AND NOT endsWith(c.table, '_restored') AND t.engine LIKE '%MergeTree' AND c.default_kind NOT IN ('MATERIALIZED', 'ALIAS', 'EPHEMERAL')
ORDER BY c.table, c.position
