-- Readers see this generation now; older ones stay frozen until they are dropped.
UPDATE generations
SET current_since = CASE WHEN generation = $1 THEN coalesce(current_since, $2) ELSE current_since END,
    frozen_at = CASE WHEN generation < $1 THEN coalesce(frozen_at, $2) ELSE frozen_at END
WHERE generation <= $1
