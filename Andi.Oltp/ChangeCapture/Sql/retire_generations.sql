-- Readers have gone on to generation $1.
UPDATE andi.generations SET state = 'retired', ended_at = $2 WHERE generation < $1 AND state IN ('requested', 'snapshot', 'streaming') RETURNING generation
