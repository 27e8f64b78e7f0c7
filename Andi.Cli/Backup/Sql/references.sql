-- Which table refers to which other one?
SELECT DISTINCT
    format('%s.%s', n.nspname, c.relname),
    format('%s.%s', m.nspname, r.relname)
FROM pg_constraint AS f
JOIN pg_class AS c ON c.oid = f.conrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_class AS r ON r.oid = f.confrelid
JOIN pg_namespace AS m ON m.oid = r.relnamespace
WHERE f.contype = 'f' AND f.conrelid <> f.confrelid
