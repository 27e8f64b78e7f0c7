-- Ask for the next generation, where none above $1 is on its way or there already.
INSERT INTO andi.generations (generation, state, requested_at, reason)
SELECT (SELECT coalesce(max(generation), 0) + 1 FROM andi.generations), 'requested', $2, $3
WHERE NOT EXISTS (SELECT FROM andi.generations WHERE generation > $1 AND state IN ('requested', 'snapshot', 'streaming'))
ON CONFLICT (generation) DO NOTHING
RETURNING generation
