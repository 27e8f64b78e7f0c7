-- How far is a generation: the position at which all of it is, and the furthest one that any of it is at, which a reader may have seen already? A partition
-- in its snapshot is at none yet.
SELECT
    lowest.commit_lsn, lowest.change_index, furthest.commit_lsn, furthest.change_index,
    (SELECT count(*) FROM partitions WHERE generation = $1 AND pending_first IS NOT NULL)
FROM (SELECT 1) AS one
LEFT JOIN LATERAL
(
    SELECT CASE WHEN in_snapshot THEN '0/0' ELSE commit_lsn END AS commit_lsn, CASE WHEN in_snapshot THEN 0 ELSE change_index END AS change_index
    FROM partitions WHERE generation = $1 AND is_mapped ORDER BY 1, 2 LIMIT 1
) AS lowest ON true
LEFT JOIN LATERAL
(
    SELECT commit_lsn, change_index FROM partitions WHERE generation = $1 AND is_mapped ORDER BY 1 DESC, 2 DESC LIMIT 1
) AS furthest ON true
