-- Which tables hold rows of their own, and which of their columns hold text?
SELECT concat(c.database, '.', c.table) AS table, c.database AS database, c.table AS name, groupArray(c.name) AS columns
FROM system.columns AS c
INNER JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
WHERE (t.engine LIKE '%MergeTree' OR t.engine = 'Memory') AND c.type LIKE '%String%' AND c.default_kind NOT IN ('ALIAS', 'EPHEMERAL')
GROUP BY c.database, c.table
ORDER BY table
