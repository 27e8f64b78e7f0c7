-- Unfreeze a generation: the next one did not catch up in time, or the process that froze it has died.
UPDATE generations SET frozen_at = NULL WHERE generation = $1 AND frozen_at IS NOT NULL
