-- How far is each partition of the change topics applied to the warehouse? Rows of other generations than the current one are left to the caller.
SELECT topic, partition, applied_offset, commit_lsn, change_index, generation, source_time, applied_at
FROM partitions
ORDER BY topic, partition
