-- How many messages of each topic could not be ingested, and have not been since?
SELECT topic, count(*) FROM dead_letters WHERE replayed_at IS NULL AND dismissed_at IS NULL GROUP BY topic ORDER BY topic
