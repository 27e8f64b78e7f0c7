-- Which entries have no seal, wherever they stand? Those of transactions that this cluster has not had yet were restored from another one, and come first.
SELECT {{columns}}, ((CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END) - 1)::text
FROM audit.entries AS entry
WHERE (entry.transaction_id < pg_snapshot_xmin(pg_current_snapshot()) OR entry.transaction_id >= pg_snapshot_xmax(pg_current_snapshot()))
    AND NOT EXISTS (SELECT FROM audit.seals AS seal WHERE seal.entry_id = entry.id)
ORDER BY entry.transaction_id >= pg_snapshot_xmax(pg_current_snapshot()) DESC, entry.transaction_id, entry.id
LIMIT $1
