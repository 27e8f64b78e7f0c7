-- These topics will come: until an ingestor has taken them over, nothing is applied of them, and a reader must know that.
INSERT INTO partitions (topic, partition, fence, owner, taken_at)
SELECT topic, 0, 0, '', $2 FROM unnest($1) AS topic
ON CONFLICT (topic, partition) DO NOTHING
