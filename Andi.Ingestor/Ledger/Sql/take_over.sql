-- Take the partition over: from now on only statements with the new fencing token count. Not where readers have left the topic's generation behind.
INSERT INTO partitions AS p (topic, partition, generation, fence, owner, taken_at)
SELECT $1, $2, $3, 1, $4, $5
WHERE $3 >= (SELECT coalesce(max(generation), 0) FROM generations WHERE current_since IS NOT NULL)
ON CONFLICT (topic, partition) DO UPDATE
SET fence = p.fence + 1, owner = excluded.owner, taken_at = excluded.taken_at, is_mapped = true
RETURNING fence, applied_offset, commit_lsn, change_index, source_time, in_snapshot, pending_first, pending_last, revoked_through, pending_columns,
    refused_offsets, refused_reasons
