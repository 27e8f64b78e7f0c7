-- The generation's snapshot begins. From here on it is whole, or nothing.
UPDATE andi.generations SET state = 'snapshot', slot = $2, started_at = $3 WHERE generation = $1 AND state = 'requested'
