-- Where does the chain end? A transaction that is not there yet is another cluster's: the log was restored from there, and its numbers say nothing here.
SELECT seal.sequence, seal.hash, seal.entry_id, entry.transaction_id, coalesce(entry.transaction_id >= pg_snapshot_xmax(pg_current_snapshot()), true)
FROM audit.seals AS seal
LEFT JOIN audit.entries AS entry ON entry.id = seal.entry_id
ORDER BY seal.sequence DESC
LIMIT 1
