-- Which tables hold what people wrote, and which columns does each have, but those that PostgreSQL computes? The relay's own tables and those of the migrations are not copied.
SELECT n.nspname::text, c.relname::text, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'andi', 'migrations') AND n.nspname NOT LIKE 'pg\_%'
GROUP BY 1, 2
ORDER BY 1, 2
