-- The rows of a generation have been dropped; drop what the ledger records of its topics.
WITH topics AS (DELETE FROM partitions WHERE generation = $1 RETURNING topic),
letters AS (DELETE FROM dead_letters AS d USING topics WHERE d.topic = topics.topic)
UPDATE generations SET retired_at = $2 WHERE generation = $1
