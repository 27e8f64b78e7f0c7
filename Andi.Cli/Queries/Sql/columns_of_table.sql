-- Which columns has a table or view, and of which engine is it?
SELECT c.name AS name, t.engine AS engine
FROM system.columns AS c
INNER JOIN system.tables AS t ON t.database = c.database AND t.name = c.table
WHERE concat(c.database, '.', c.table) = {table:String}
ORDER BY c.position
