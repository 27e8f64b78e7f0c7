-- Which generation do readers see, and how far is each partition of its change topics applied to the warehouse? At one moment. One row without a topic where
-- the generation has no partition yet.
-- In the middle of a snapshot a partition has no position to rely on: more rows of the same point may follow. A topic without a landing table has nothing
-- that could be read.
SELECT
    current.generation, topic, partition, applied_offset, CASE WHEN in_snapshot THEN '0/0'::pg_lsn ELSE commit_lsn END, change_index, source_time, applied_at, inserts
FROM (SELECT coalesce(max(generation), 1) AS generation FROM generations WHERE current_since IS NOT NULL) AS current
LEFT JOIN partitions ON partitions.generation = current.generation AND is_mapped
ORDER BY topic, partition
