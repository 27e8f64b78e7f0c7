-- The warehouse has no landing table for the topic: its events wait, readers do not. No row where readers have left the topic's generation behind.
INSERT INTO partitions (topic, partition, generation, fence, owner, taken_at, is_mapped)
SELECT $1, $2, $3, 0, '', $4, false
WHERE $3 >= (SELECT coalesce(max(generation), 0) FROM generations WHERE current_since IS NOT NULL)
ON CONFLICT (topic, partition) DO UPDATE SET is_mapped = false
RETURNING is_mapped
