-- Move partitions on over events that left no rows, except in a frozen generation. Returns which of them belong to another ingestor now.
WITH moves AS
(
    SELECT *
    FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) WITH ORDINALITY
        AS m (topic, partition, fence, applied_offset, commit_lsn, change_index, source_time, in_snapshot, number)
),
moved AS
(
    UPDATE partitions AS p
    SET applied_offset = m.applied_offset, commit_lsn = m.commit_lsn::pg_lsn, change_index = m.change_index, source_time = m.source_time,
        in_snapshot = m.in_snapshot, applied_at = $9
    FROM moves AS m
    WHERE p.topic = m.topic AND p.partition = m.partition AND p.fence = m.fence
        AND p.pending_first IS NULL AND p.applied_offset < m.applied_offset
        AND NOT EXISTS (SELECT FROM generations AS g WHERE g.generation = p.generation AND g.frozen_at IS NOT NULL)
)
SELECT m.number FROM moves AS m JOIN partitions AS p ON p.topic = m.topic AND p.partition = m.partition WHERE p.fence <> m.fence
