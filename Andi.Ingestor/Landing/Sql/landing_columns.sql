-- Which tables do changes land in, and which columns does each take, in order, of which types?
SELECT table, name, type
FROM system.columns
WHERE database = {database:String} AND endsWith(table, '_changes') AND default_kind NOT IN ('MATERIALIZED', 'ALIAS')
ORDER BY table, position
