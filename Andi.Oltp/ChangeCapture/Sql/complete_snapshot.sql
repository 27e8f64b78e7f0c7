-- Every row of the snapshot is in Kafka, acknowledged.
UPDATE andi.change_capture SET snapshot_lsn = $3, completed_at = $4 WHERE slot = $1 AND generation = $2
