-- Which partitions of the generation have not applied everything up to the end of LSN $2 yet, and where are they?
SELECT topic, partition, CASE WHEN in_snapshot THEN 'in its snapshot' ELSE 'at ' || commit_lsn END
FROM partitions
WHERE generation = $1 AND is_mapped AND (in_snapshot OR (commit_lsn, change_index) < ($2, 4294967295))
ORDER BY commit_lsn
