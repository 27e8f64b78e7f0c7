-- Every row of the table's snapshot is in Kafka, acknowledged.
UPDATE andi.captured_tables SET completed_at = $5 WHERE generation = $1 AND schema = $2 AND "table" = $3 AND since_lsn = $4
