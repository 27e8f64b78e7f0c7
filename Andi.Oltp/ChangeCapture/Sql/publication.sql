-- Which tables does the publication capture; in which stay of theirs; under which definition of the publication (its edition); and why can one not be
-- captured whole? Every ALTER PUBLICATION ... SET makes a new edition, also the second of two that cancel each other out: the changes between them are missing.
SELECT
    n.nspname::text,
    c.relname::text,
    coalesce(r.oid, c.oid),
    concat_ws('/', b.xmin, r.xmin),
    CASE
        WHEN NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) THEN 'no primary key'
        WHEN c.relreplident <> 'f' THEN 'replica identity'
        WHEN NOT (b.pubinsert AND b.pubupdate AND b.pubdelete AND b.pubtruncate) THEN 'operations'
        WHEN r.prqual IS NOT NULL THEN 'row filter'
        WHEN r.prattrs IS NOT NULL THEN 'column list'
        WHEN b.pubgencols <> 's' AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attgenerated = 's' AND NOT a.attisdropped)
            THEN 'stored column'
        WHEN v.name IS NOT NULL THEN 'virtual column'
    END,
    v.name
FROM pg_publication_tables p
JOIN pg_publication b ON b.pubname = p.pubname
JOIN pg_namespace n ON n.nspname = p.schemaname
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
LEFT JOIN pg_publication_rel r ON r.prrelid = c.oid AND r.prpubid = b.oid
CROSS JOIN LATERAL
(
    SELECT quote_ident(min(a.attname)) AS name FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attgenerated = 'v' AND NOT a.attisdropped
) AS v
WHERE p.pubname = $1
ORDER BY 1, 2
