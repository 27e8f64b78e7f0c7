-- Which columns does a landing table take, in order, and of which types?
SELECT name, type
FROM system.columns
WHERE database = {database:String} AND table = {table:String} AND default_kind NOT IN ('MATERIALIZED', 'ALIAS')
ORDER BY position
