-- How much WAL has each live generation's slot still to deliver, how much does it hold back, and does PostgreSQL still promise to keep that?
SELECT
    g.generation,
    s.slot_name::text,
    greatest(pg_wal_lsn_diff(pg_current_wal_lsn(), s.confirmed_flush_lsn), 0)::bigint,
    greatest(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn), 0)::bigint,
    s.wal_status
FROM andi.generations g
JOIN pg_replication_slots s ON s.slot_name = g.slot AND s.database = current_database()
WHERE g.state IN ('snapshot', 'streaming')
