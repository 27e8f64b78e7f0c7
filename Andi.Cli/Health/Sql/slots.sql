-- How much WAL has each live generation's slot still to deliver and hold back, does a relay read from it, and does PostgreSQL still promise to keep what it needs?
SELECT
    coalesce(g.slot, 'generation ' || g.generation),
    g.state,
    greatest(pg_wal_lsn_diff(pg_current_wal_lsn(), s.confirmed_flush_lsn), 0)::bigint,
    greatest(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), 0)::bigint,
    coalesce(s.active, false),
    coalesce(s.wal_status, 'none')
FROM andi.generations AS g
LEFT JOIN pg_replication_slots AS s ON s.slot_name = g.slot AND s.database = current_database()
WHERE g.state IN ('requested', 'snapshot', 'streaming')
ORDER BY g.generation
