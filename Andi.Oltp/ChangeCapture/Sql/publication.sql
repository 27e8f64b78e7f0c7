-- Which tables does the publication capture; in which stay of theirs; under which definition (of the publication: its edition; of the table: its files and
-- columns); and why can one not be captured whole? Every ALTER PUBLICATION ... SET makes a new edition, also the second of two that cancel each other out: the
-- changes between them are missing. A table that an ALTER TABLE rewrites has new files and new columns; a partitioned one is taken for rewritten whenever a
-- partition comes, goes, or has new files, as nothing is sent then either. Asks catalogs only: pg_publication_tables would wait for whoever alters a table.
SELECT
    n.nspname::text,
    c.relname::text,
    coalesce(r.oid, c.oid),
    concat_ws('/', b.xmin, r.xmin),
    f.files,
    CASE WHEN c.relkind = 'p' THEN concat(a.columns, ' of ', f.files) ELSE a.columns END,
    CASE
        WHEN NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) THEN 'no primary key'
        WHEN c.relkind = 'p' AND f.partition_without IS NOT NULL THEN 'replica identity of a partition'
        WHEN c.relkind <> 'p' AND c.relreplident <> 'f' THEN 'replica identity'
        WHEN NOT (b.pubinsert AND b.pubupdate AND b.pubdelete AND b.pubtruncate) THEN 'operations'
        WHEN r.prqual IS NOT NULL THEN 'row filter'
        WHEN r.prattrs IS NOT NULL THEN 'column list'
        WHEN b.pubgencols <> 's' AND a.stored_column IS NOT NULL THEN 'stored column'
        WHEN a.virtual_column IS NOT NULL THEN 'virtual column'
    END,
    CASE WHEN c.relkind = 'p' THEN coalesce(f.partition_without, a.virtual_column) ELSE a.virtual_column END
FROM pg_publication b
JOIN pg_class c ON c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND NOT c.relispartition AND c.oid >= 16384
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_publication_rel r ON r.prrelid = c.oid AND r.prpubid = b.oid
CROSS JOIN LATERAL
(
    SELECT
        md5(string_agg(concat(attnum, ':', xmin), ',' ORDER BY attnum)) AS columns,
        min(attname) FILTER (WHERE attgenerated = 's' AND NOT attisdropped) AS stored_column,
        quote_ident(min(attname) FILTER (WHERE attgenerated = 'v' AND NOT attisdropped)) AS virtual_column
    FROM pg_attribute
    WHERE attrelid = c.oid AND attnum > 0
) AS a
CROSS JOIN LATERAL
(
    WITH RECURSIVE relations AS
    (
        SELECT c.oid
        UNION ALL
        SELECT i.inhrelid FROM relations JOIN pg_inherits i ON i.inhparent = relations.oid
    )
    SELECT
        string_agg(concat(oid, ':', relfilenode), ',' ORDER BY oid) AS files,
        min(oid::regclass::text) FILTER (WHERE relkind = 'r' AND relreplident <> 'f') AS partition_without
    FROM relations JOIN pg_class USING (oid)
) AS f
WHERE b.pubname = $1
    AND (c.relkind = 'r' OR b.pubviaroot)
    AND (r.oid IS NOT NULL OR b.puballtables OR EXISTS (SELECT FROM pg_publication_namespace s WHERE s.pnpubid = b.oid AND s.pnnspid = n.oid))
ORDER BY 1, 2
