-- Which columns of which tables refer to the key of a table? Those that are generated follow by themselves.
SELECT n.nspname::text, c.relname::text, a.attname::text
FROM pg_constraint AS f
JOIN pg_class AS c ON c.oid = f.conrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1] AND a.attgenerated = ''
WHERE f.contype = 'f' AND f.confrelid = to_regclass($1) AND cardinality(f.conkey) = 1
ORDER BY 1, 2, 3
