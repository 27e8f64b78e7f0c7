-- The generation is incomplete and stays so.
UPDATE andi.generations SET state = 'abandoned', ended_at = $3, reason = $4 WHERE generation = $1 AND state = $2
