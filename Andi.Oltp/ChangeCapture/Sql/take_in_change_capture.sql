-- An installation from before there were generations side by side: its first one goes on with its slot and topics. A later one had topics that are named
-- differently now; it is taken as abandoned.
WITH old AS (DELETE FROM andi.change_capture WHERE slot = $1 RETURNING *),
generation AS
(
    INSERT INTO andi.generations (generation, slot, state, snapshot_lsn, requested_at, started_at, completed_at, ended_at, reason)
    SELECT
        generation, slot, CASE WHEN is_whole THEN 'streaming' ELSE 'abandoned' END, snapshot_lsn, started_at, started_at, completed_at,
        CASE WHEN NOT is_whole THEN $3 END, 'taken over from an earlier version'
    FROM (SELECT *, generation = 1 AND completed_at IS NOT NULL AS is_whole FROM old) AS judged
    ON CONFLICT (generation) DO NOTHING
    RETURNING generation, state
)
INSERT INTO andi.captured_tables (generation, schema, "table", membership, since_lsn, completed_at)
SELECT generation.generation, n.nspname, c.relname, coalesce(r.oid, c.oid), '0/0', $3
FROM generation, pg_publication_tables p
JOIN pg_namespace n ON n.nspname = p.schemaname
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
LEFT JOIN pg_publication_rel r ON r.prrelid = c.oid AND r.prpubid = (SELECT oid FROM pg_publication WHERE pubname = $2)
WHERE p.pubname = $2 AND generation.state = 'streaming'
