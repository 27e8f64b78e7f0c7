-- Tells something for the first time, where nobody did. $1 topic, $2 key, $3 content. No row: somebody did.
INSERT INTO publications (topic, key, version, content)
VALUES ($1, $2, 1, $3)
ON CONFLICT (topic, key) DO NOTHING
