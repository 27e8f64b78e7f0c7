-- The announced batch is in the warehouse.
UPDATE partitions
SET applied_offset = $4, commit_lsn = $5, change_index = $6, generation = $7, source_time = $8, in_snapshot = $9, applied_at = $10,
    pending_first = NULL, pending_last = NULL
WHERE topic = $1 AND partition = $2 AND fence = $3 AND pending_last = $4
