-- The table of the publication that is called $2, quoted as SQL needs it; no row where it has none.
SELECT format('%I.%I', n.nspname, c.relname)
FROM pg_publication AS b
JOIN pg_publication_rel AS r ON r.prpubid = b.oid
JOIN pg_class AS c ON c.oid = r.prrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE b.pubname = $1 AND c.oid = to_regclass($2)
