-- The entries of a time, in the order in which they were added; NULL: no end.
SELECT {{columns}}, seal.sequence, seal.entry_id, seal.sealed_at, seal.position, seal.previous_hash, seal.hash
FROM audit.entries AS entry
LEFT JOIN audit.seals AS seal ON seal.entry_id = entry.id
WHERE ($1::timestamptz IS NULL OR entry.recorded_at >= $1) AND ($2::timestamptz IS NULL OR entry.recorded_at < $2)
ORDER BY entry.id
