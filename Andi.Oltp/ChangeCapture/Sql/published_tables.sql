-- Which tables does the publication capture, and is each fit for it: whole rows in the WAL (replica identity full) and a primary key?
SELECT
    n.nspname::text,
    c.relname::text,
    c.relreplident = 'f',
    EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
FROM pg_publication_tables p
JOIN pg_namespace n ON n.nspname = p.schemaname
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
WHERE p.pubname = $1
ORDER BY 1, 2
