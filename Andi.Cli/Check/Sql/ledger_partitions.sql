-- How far is each partition of a generation applied, and which of its messages could not be ingested, or only at a later try?
SELECT
    p.topic, p.partition, p.applied_offset,
    coalesce(array_agg(d."offset") FILTER (WHERE d."offset" IS NOT NULL), '{}'),
    coalesce(array_agg(d.replayed_at IS NOT NULL) FILTER (WHERE d."offset" IS NOT NULL), '{}')
FROM partitions AS p
LEFT JOIN dead_letters AS d ON d.topic = p.topic AND d.partition = p.partition
WHERE p.generation = $1 AND p.is_mapped
GROUP BY p.topic, p.partition, p.applied_offset
ORDER BY p.topic, p.partition
