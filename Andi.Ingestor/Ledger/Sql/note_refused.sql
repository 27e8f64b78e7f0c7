-- The warehouse refuses rows of these events of the announced batch, for these reasons: whoever makes the batch again leaves them out.
UPDATE partitions
SET refused_offsets = refused_offsets || $6, refused_reasons = refused_reasons || $7
WHERE topic = $1 AND partition = $2 AND fence = $3 AND pending_first = $4 AND pending_last = $5
