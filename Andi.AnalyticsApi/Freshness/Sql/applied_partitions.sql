-- How far is each partition of the change topics applied to the warehouse? Rows of other generations than the current one are left to the caller.
-- In the middle of a snapshot a partition has no position to rely on: more rows of the same point may follow. A topic without a landing table has nothing
-- that could be read.
SELECT topic, partition, applied_offset, CASE WHEN in_snapshot THEN '0/0'::pg_lsn ELSE commit_lsn END, change_index, generation, source_time, applied_at
FROM partitions
WHERE is_mapped
ORDER BY topic, partition
