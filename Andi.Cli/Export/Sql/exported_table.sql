-- What is the table, if it is there: engine, and columns with their types and kinds? And has it a view of the rows that count?
SELECT
    t.engine AS engine,
    c.name AS name,
    c.type AS type,
    c.default_kind AS kind,
    (SELECT count() FROM system.tables WHERE database = {database:String} AND name = concat({table:String}, '_current') AND engine = 'View') > 0 AS viewed
FROM system.tables AS t
INNER JOIN system.columns AS c ON c.database = t.database AND c.table = t.name
WHERE t.database = {database:String} AND t.name = {table:String}
ORDER BY c.position
