-- Tells something new in place of what was told, where that is still what is told. $1 topic, $2 key, $3 its version, $4 content. No row: it is not.
UPDATE publications
SET version = version + 1, content = $4, published_at = now()
WHERE topic = $1 AND key = $2 AND version = $3
