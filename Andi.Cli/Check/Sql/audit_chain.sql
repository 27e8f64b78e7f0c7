-- Every seal in order, with its entry where that is still there.
SELECT {{columns}}, seal.sequence, seal.entry_id, seal.sealed_at, seal.position, seal.previous_hash, seal.hash
FROM audit.seals AS seal
LEFT JOIN audit.entries AS entry ON entry.id = seal.entry_id
ORDER BY seal.sequence
