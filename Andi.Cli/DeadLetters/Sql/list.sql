-- Which messages could not be ingested, why and when, and what has become of them since? Of one place where $1 names it.
SELECT topic, partition, "offset", reason, failed_at, replayed_at, dismissed_at, dismissed_by, dismissed_because
FROM dead_letters
WHERE $1::text IS NULL OR (topic = $1 AND partition = $2 AND "offset" = $3)
ORDER BY topic, partition, "offset"
