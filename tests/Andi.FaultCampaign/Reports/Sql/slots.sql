-- How far is each replication slot, and who reads it?
SELECT slots::text FROM pg_replication_slots AS slots
