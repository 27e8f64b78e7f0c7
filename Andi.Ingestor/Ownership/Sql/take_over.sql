-- Take the partition over: from now on only statements with the new fencing token count.
INSERT INTO partitions AS p (topic, partition, fence, owner, taken_at)
VALUES ($1, $2, 1, $3, $4)
ON CONFLICT (topic, partition) DO UPDATE
SET fence = p.fence + 1, owner = excluded.owner, taken_at = excluded.taken_at
RETURNING fence, applied_offset, commit_lsn, change_index, generation, source_time, in_snapshot, pending_first, pending_last
