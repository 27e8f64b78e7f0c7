-- How far is a generation in the warehouse: events, whether any partition is still in its snapshot, and the position that all of them have?
SELECT coalesce(sum(applied_offset + 1), 0)::bigint, coalesce(bool_or(in_snapshot OR applied_offset < 0), true), coalesce(min(commit_lsn), '0/0')
FROM partitions
WHERE generation = $1 AND is_mapped
