-- Events that left no rows move their partitions on.
UPDATE partitions AS p
SET applied_offset = m.applied_offset, commit_lsn = m.commit_lsn::pg_lsn, change_index = m.change_index, generation = m.generation,
    source_time = m.source_time, in_snapshot = m.in_snapshot, applied_at = $10
FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
    AS m (topic, partition, fence, applied_offset, commit_lsn, change_index, generation, source_time, in_snapshot)
WHERE p.topic = m.topic AND p.partition = m.partition AND p.fence = m.fence
    AND p.pending_first IS NULL AND p.applied_offset < m.applied_offset
