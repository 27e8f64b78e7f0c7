-- Announce the insert of a batch, if the partition is still ours and nothing else is under way. Declaring the same batch again is no change.
UPDATE partitions
SET pending_first = $4, pending_last = $5
WHERE topic = $1 AND partition = $2 AND fence = $3
    AND (pending_first IS NULL OR (pending_first = $4 AND pending_last = $5))
