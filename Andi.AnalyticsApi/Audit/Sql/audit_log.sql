-- The entries that fit, the newest first. A parameter that is NULL does not narrow.
SELECT {{columns}}, seal.sequence, seal.position, seal.hash
FROM audit.entries AS entry
LEFT JOIN audit.seals AS seal ON seal.entry_id = entry.id
WHERE {{conditions}}
ORDER BY entry.id DESC
LIMIT $1
