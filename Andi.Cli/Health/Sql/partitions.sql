-- How far is each partition of the generation that readers see: its last applied offset, the milliseconds since that event happened at its source (NULL before the first), and
-- those for which an announced batch has not been confirmed (NULL: none is announced)?
SELECT
    topic,
    partition,
    applied_offset,
    CASE WHEN applied_offset >= 0 THEN greatest(extract(epoch FROM clock_timestamp() - source_time) * 1000, 0)::float8 END,
    CASE WHEN pending_first IS NOT NULL THEN greatest(extract(epoch FROM clock_timestamp() - greatest(applied_at, taken_at)) * 1000, 0)::float8 END
FROM partitions
WHERE is_mapped AND generation = (SELECT max(generation) FROM generations WHERE current_since IS NOT NULL)
ORDER BY topic, partition
