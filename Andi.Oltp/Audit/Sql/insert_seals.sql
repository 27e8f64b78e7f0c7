-- The message has the change relay see the transaction, so that a position behind it is reached with the next heartbeat.
WITH passed_on AS MATERIALIZED (SELECT pg_logical_emit_message(true, 'andi.audit', '') AS lsn)
INSERT INTO audit.seals (sequence, entry_id, sealed_at, position, previous_hash, hash)
SELECT one.sequence, one.entry_id, $3, $4, one.previous_hash, one.hash
FROM passed_on, unnest($1, $2, $5, $6) AS one (sequence, entry_id, previous_hash, hash)
WHERE passed_on.lsn IS NOT NULL
