-- What is wrong with a table of this name that the publication does not have as a table of its own? No row where there is no such table.
SELECT CASE WHEN c.relkind = 'p' AND r.oid IS NOT NULL THEN 'partitions' ELSE 'not published' END
FROM pg_class AS c
LEFT JOIN pg_publication AS b ON b.pubname = $3
LEFT JOIN pg_publication_rel AS r ON r.prrelid = c.oid AND r.prpubid = b.oid
WHERE c.oid = to_regclass(format('%I.%I', $1::text, $2::text))
