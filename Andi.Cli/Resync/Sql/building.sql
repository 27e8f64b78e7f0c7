-- Which generation after $1 is being built, how far is it at its source, how many rows does its snapshot hold (by PostgreSQL's estimate, at least), and where
-- does the WAL end?
SELECT
    g.generation, g.state,
    (
        SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint
        FROM pg_publication_tables AS p
        JOIN pg_class AS c ON c.oid = format('%I.%I', p.schemaname, p.tablename)::regclass
        WHERE p.pubname = $2
    ),
    pg_current_wal_flush_lsn()
FROM andi.generations AS g
WHERE g.generation > $1 AND g.state IN ('requested', 'snapshot', 'streaming')
ORDER BY g.generation DESC
LIMIT 1
