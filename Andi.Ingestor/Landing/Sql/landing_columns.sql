-- Which tables do changes land in, and which columns does each take, in order, of which types? And which may a row lack: those whose definition says that they
-- are then NULL, or what their type has for nothing.
SELECT
    table,
    name,
    type,
    CAST(default_kind = 'DEFAULT' AND default_expression IN ('NULL', '0', 'false', '[]', '{}', '\'\''), 'Bool') AS optional
FROM system.columns
WHERE database = {database:String} AND endsWith(table, '_changes') AND default_kind NOT IN ('MATERIALIZED', 'ALIAS')
ORDER BY table, position
