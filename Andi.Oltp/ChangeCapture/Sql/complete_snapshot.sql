-- Every row of the generation's snapshot is in Kafka, acknowledged.
WITH whole AS
(
    UPDATE andi.generations SET state = 'streaming', snapshot_lsn = $2, completed_at = $3 WHERE generation = $1 AND state = 'snapshot' RETURNING generation
),
tables AS (UPDATE andi.captured_tables AS t SET completed_at = $3 FROM whole WHERE t.generation = whole.generation)
SELECT count(*) FROM whole
