-- Which entries come next? Those behind the last sealed one ($1, $2), of transactions before which none is still open: what is not visible now was rolled
-- back, or will have a greater number.
SELECT {{columns}}, ((CASE current_setting('synchronous_commit') WHEN 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END) - 1)::text
FROM audit.entries AS entry
WHERE (entry.transaction_id, entry.id) > ($1, $2) AND entry.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
    AND NOT EXISTS (SELECT FROM audit.seals AS seal WHERE seal.entry_id = entry.id)
ORDER BY entry.transaction_id, entry.id
LIMIT $3
