-- Which tables does the publication capture; in which stay of theirs; and is each fit for it: whole rows in the WAL (replica identity full), a primary key?
SELECT
    n.nspname::text,
    c.relname::text,
    coalesce(r.oid, c.oid),
    c.relreplident = 'f' AND EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
FROM pg_publication_tables p
JOIN pg_namespace n ON n.nspname = p.schemaname
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
LEFT JOIN pg_publication_rel r ON r.prrelid = c.oid AND r.prpubid = (SELECT oid FROM pg_publication WHERE pubname = $1)
WHERE p.pubname = $1
ORDER BY 1, 2
