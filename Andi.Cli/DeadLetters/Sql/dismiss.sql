-- Nothing is missing without these messages: say so, and who says it. Not of those that failed again after $4, when the rows were compared.
UPDATE dead_letters AS d
SET dismissed_at = clock_timestamp(), dismissed_by = $5, dismissed_because = $6
FROM unnest($1, $2, $3) AS l (topic, partition, "offset")
WHERE d.topic = l.topic AND d.partition = l.partition AND d."offset" = l."offset" AND d.replayed_at IS NULL AND d.dismissed_at IS NULL AND d.failed_at <= $4
RETURNING d.topic, d.partition, d."offset"
