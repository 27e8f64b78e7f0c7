-- Ask the relay for a generation after $1, unless one is on its way or there already.
INSERT INTO andi.generations (generation, state, requested_at, reason)
SELECT greatest($1, (SELECT coalesce(max(generation), 0) FROM andi.generations)) + 1, 'requested', clock_timestamp(), 'asked for on the command line'
WHERE NOT EXISTS (SELECT FROM andi.generations WHERE generation > $1 AND state IN ('requested', 'snapshot', 'streaming'))
ON CONFLICT (generation) DO NOTHING
