-- What was last told under a key, unless it is the version that is known? $1 topic, $2 key, $3 known version.
SELECT version, CASE WHEN version <> $3 THEN content END
FROM publications
WHERE topic = $1 AND key = $2
