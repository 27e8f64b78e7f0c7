-- Has generation $1 stream the tables of publication $2 from slot $3, as if their snapshot had been taken: nothing was in them.
WITH lane AS
(
    INSERT INTO andi.generations (generation, slot, state, snapshot_lsn, requested_at, started_at, completed_at)
    VALUES ($1, $3, 'streaming', '0/0', now(), now(), now())
    RETURNING generation
)
INSERT INTO andi.captured_tables (generation, schema, "table", membership, since_lsn, completed_at)
SELECT lane.generation, n.nspname, c.relname, r.oid, '0/0', now()
FROM lane, pg_publication p
JOIN pg_publication_rel r ON r.prpubid = p.oid
JOIN pg_class c ON c.oid = r.prrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE p.pubname = $2
