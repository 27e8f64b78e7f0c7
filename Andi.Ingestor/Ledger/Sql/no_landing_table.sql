-- The warehouse has no landing table for the topic: its events wait, readers do not.
INSERT INTO partitions (topic, partition, generation, fence, owner, taken_at, is_mapped)
VALUES ($1, $2, $3, 0, '', $4, false)
ON CONFLICT (topic, partition) DO UPDATE SET is_mapped = false
