-- Which newer generation could readers go over to: announced, and every partition of it out of its snapshot and at or past $2 (as index $3)? The newest.
SELECT max(g.generation)
FROM generations AS g
WHERE g.generation > $1 AND g.retired_at IS NULL
    AND EXISTS (SELECT FROM partitions AS p WHERE p.generation = g.generation AND p.is_mapped)
    AND NOT EXISTS
    (
        SELECT FROM partitions AS p
        WHERE p.generation = g.generation AND p.is_mapped
            AND (p.applied_offset < 0 OR p.in_snapshot OR (p.commit_lsn, p.change_index) < ($2, $3))
    )
