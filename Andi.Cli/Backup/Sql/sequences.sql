-- Where do sequences of these tables stand? NULL: not used yet.
SELECT schemaname::text, sequencename::text, last_value FROM pg_sequences WHERE schemaname NOT IN ('andi', 'migrations') ORDER BY 1, 2
