-- Which statements have the table $2 leave the publication and join it again? No row where the publication has no such table.
SELECT format('ALTER PUBLICATION %1$I DROP TABLE %2$I.%3$I; ALTER PUBLICATION %1$I ADD TABLE %2$I.%3$I', b.pubname, n.nspname, c.relname)
FROM pg_publication AS b
JOIN pg_publication_rel AS r ON r.prpubid = b.oid
JOIN pg_class AS c ON c.oid = r.prrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE b.pubname = $1 AND c.oid = to_regclass($2)
