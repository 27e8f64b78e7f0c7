-- Which columns of landing tables have a home now, and rows from before they had, which keep the value in _unmapped?
SELECT c.table AS table, c.name AS column, c.type AS type
FROM system.columns AS c
INNER JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
WHERE c.database = 'staging' AND endsWith(c.table, '_changes') AND t.engine LIKE '%MergeTree'
    AND NOT startsWith(c.name, '_') AND c.default_kind NOT IN ('MATERIALIZED', 'ALIAS')
ORDER BY c.table, c.position
